"""Dr Owen looks for somebody near a hospital; Sunita asks several, too often, and is called."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.counting import recount
from directory.models import Listing
from tests.directory.make import assign, make_listing
from tests.factories import make_member, make_person
from tests.journeys.steps import link_in, read_letter, show_that_nobody_is_a_machine
from website.models import CallbackRequest

OWEN, SUNITA, PRIYA = "owen@example.org", "sunita@example.org", "priya.home@example.org"
CHILDREN, SPINAL = "Brain injury in children", "Spinal cord injury"
# Nearest first: within 25 miles of CF14 six of these, one more within 50, one in the north.
BASES = ("CF24", "CF3", "NP20", "CF37", "CF61", "CF44", "SA1", "LL57")


pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(
    params=[
        "plain",
        pytest.param("script", marks=pytest.mark.browser),
        pytest.param("no script", marks=pytest.mark.browser),
    ]
)
def visitor(request):
    """Over plain HTTP, in a browser that runs script, and in one that does not."""
    if request.param == "plain":
        return request.getfixturevalue("plain")()
    return request.getfixturevalue("browsers")(script=request.param == "script")


def listed(name: str, *expertise: str, **kwargs) -> Listing:
    today = timezone.localdate()
    given = make_person(email=PRIYA) if name == "Priya Sample" else None
    person = make_member(given, starts_on=today, ends_on=today + dt.timedelta(days=300))
    moment = timezone.now()
    facts = {"public_name": name, "edited_at": moment, "opted_in_at": moment, **kwargs}
    listing = make_listing(person, **facts)
    for code in expertise:
        assign(person, code)
    return listing


def write(visitor, wait, name: str, email: str, message: str) -> None:
    visitor.fill("Your name", name)
    visitor.fill("Your e-mail address", email)
    visitor.fill("Your message", message)
    show_that_nobody_is_a_machine(visitor, wait)


def test_dr_owen_finds_somebody_near_and_is_answered(visitor, wait):
    for number, base in enumerate(BASES):
        name = "Priya Sample" if number == 0 else f"Member {number} Invented"
        listed(name, "paediatric_brain_injury", base=base, radius_miles=60, areas=())
    listed("Somebody Else", "stroke", base="CF24")
    recount(at=timezone.now())

    visitor.open("/directory/")
    visitor.fill("Postcode or town", "CF14 4XW")
    visitor.pick("Based within", "25 miles")
    visitor.pick("Expertise", CHILDREN)
    visitor.press("Search")
    assert "6 case managers for CF14" in visitor.text
    assert "4XW" not in visitor.url
    assert "About 2 miles away." in visitor.text
    assert "registration checked on" in visitor.text
    assert "Somebody Else" not in visitor.text

    visitor.follow("Priya Sample")
    assert visitor.heading == "Priya Sample"
    visitor.follow("Write to Priya Sample")
    assert "Do not include client names or medical details." in visitor.text
    write(visitor, wait, "Dr Owen Invented", OWEN, "A young person comes home in March.")
    visitor.press("Send")
    assert visitor.heading == "Sent"
    assert "Priya Sample normally answers by e-mail." in visitor.text

    letter = read_letter(PRIYA, "Somebody found you in the directory")
    assert OWEN not in letter
    assert "A young person comes home in March." in read_letter(OWEN, "Your message to")
    visitor.open(link_in(letter, "/directory/enquiry/"))
    visitor.fill("Your answer", "I have room from March.")
    visitor.press("Send")
    reply = read_letter(OWEN, "Priya Sample answered you")
    assert "I have room from March." in reply
    assert PRIYA not in reply


def test_dr_owen_is_told_what_to_widen(visitor):
    listed("Far Invented", "paediatric_brain_injury", base="SA1", radius_miles=60, areas=())
    recount(at=timezone.now())

    visitor.open("/directory/?postcode=CF14&miles=25&expertise=paediatric_brain_injury")
    assert "Nobody matches because of the distance." in visitor.text
    assert "in all of Wales: 1 case manager" in visitor.text
    visitor.follow("within 50 miles: 1 case manager")
    assert "1 case manager for CF14" in visitor.text

    visitor.open("/directory/")
    visitor.fill("Postcode or town", "GIR 0AA")
    visitor.press("Search")
    assert "We cannot place that postcode. Choose a region instead." in visitor.text
    visitor.follow("Wales")
    assert "1 case manager" in visitor.text


def test_sunita_asks_three_compares_and_is_called_instead_of_a_fourth(visitor, wait):
    for name in ("Aled Invented", "Bao Invented", "Carys Invented", "Dafydd Invented"):
        listed(name, "spinal_injury", "vocational", areas=("ENG-NW",))
    listed("Only Spinal", "spinal_injury", areas=("ENG-NW",))
    recount(at=timezone.now())

    visitor.open("/directory/")
    visitor.pick("Area", "North West")
    visitor.pick("Expertise", SPINAL)
    visitor.pick("And also", "Vocational")
    visitor.press("Search")
    assert "4 case managers" in visitor.text
    assert "Only Spinal" not in visitor.text
    found = visitor.url

    for name in ("Aled", "Bao"):
        visitor.open(found)
        visitor.press(f"Add to shortlist {name} Invented")
    assert visitor.heading == "Your shortlist"
    visitor.press("Write to them")
    assert visitor.heading == "Write to Aled Invented and Bao Invented"
    write(visitor, wait, "Sunita Solicitor", SUNITA, "Who could take this on?")
    visitor.press("Send")
    assert visitor.heading == "Sent"

    for name in ("Carys", "Dafydd"):
        visitor.open(found)
        visitor.follow(f"{name} Invented")
        visitor.follow(f"Write to {name} Invented")
        write(visitor, wait, "Sunita Solicitor", SUNITA, f"And you, {name}?")
        visitor.press("Send")
    visitor.open(found)
    visitor.follow("Aled Invented")
    visitor.follow("Write to Aled Invented")
    write(visitor, wait, "Sunita Solicitor", SUNITA, "One more thing.")
    assert visitor.push("Send") == 429
    assert "You have sent 3 enquiries this hour." in visitor.text
    assert "telephone our office on 020 7946 0100" in visitor.text

    visitor.follow("ask us to call you")
    visitor.fill("Your name", "Sunita Solicitor")
    visitor.fill("Telephone", "020 7946 0123")
    visitor.choose("Finding a case manager")
    show_that_nobody_is_a_machine(visitor, wait)
    visitor.press("Ask for a call")
    assert "thank" in visitor.url, visitor.text
    assert CallbackRequest.objects.get().name == "Sunita Solicitor"
