"""Sara takes her data, sees what others wrote, leaves, is erased, and complains: told once."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable

from django.utils import timezone

from directory.models import Listing
from membership.models import Person
from tests.directory.make import make_listing
from tests.factories import make_application, make_member, make_referee, now
from tests.journeys import steps
from tests.journeys.beginnings import make_account
from tests.journeys.steps import OFFICER, NewVisitor, Visitor, read_letter

SARA = "sara.invented@example.org"
OPINION, PART = "Careful, and late on Mondays.", "Careful, the referee says."


def make_sara() -> Listing:
    """A listed member of whom a referee wrote."""
    today = timezone.localdate()
    person = make_account(SARA, "Sara", "Invented", phone="020 7946 0144")
    make_member(person, starts_on=today, ends_on=today + dt.timedelta(days=364))
    declined = make_application(person, "declined")
    make_referee(declined, name="Rae Invented", email="rae@example.org", opinion=OPINION)
    return make_listing(person, edited_at=now(), opted_in_at=now())


def walk(new_visitor: NewVisitor, *, wait: Callable[[float], None]) -> None:
    listing = make_sara()
    page = f"/directory/{listing.slug}/"
    sara, officer, purchaser = new_visitor(), new_visitor(), new_visitor()
    purchaser.open(page)
    steps.log_in(sara, SARA)
    take_everything_along(sara)
    ask_what_others_wrote(sara, officer)
    leave(sara)
    assert purchaser.knock(page) in (404, 410)
    be_erased(sara)
    complain(sara, wait)


def take_everything_along(sara: Visitor) -> None:
    sara.open("/profile/")
    assert "When will my data go?" in sara.text
    sara.follow("Your data")
    files = unpacked(fetched(sara, "Download my data", "Everything that we keep about you"))
    (row,) = json.loads(files["everything.json"])["membership.Person"]
    assert (row["given_name"], row["email"]) == ("Sara", SARA)
    assert "Sara" in files["read-me-first.html"]
    assert not [name for name, text in files.items() if OPINION in text]


def ask_what_others_wrote(sara: Visitor, officer: Visitor) -> None:
    sara.press("Ask for what others wrote")
    assert "We have your request, D-" in sara.text
    assert "A person looks at each entry" in read_letter(SARA, "We have your request")
    steps.log_in(officer, OFFICER, "/admin/")
    officer.follow("request about data is to be answered")
    officer.follow("D-")
    officer.follow("Read and decide")
    assert OPINION in officer.text
    officer.choose("A part: what I write below")
    officer.fill("The part that is given", PART)
    officer.press("Decide")
    officer.follow("Answer")
    officer.press("Answer, and write to them")
    assert "/profile/data/" in read_letter(SARA, "What others wrote of you")
    sara.open("/profile/data/")
    files = unpacked(fetched(sara, "Download it with what we decided", "With what we decided"))
    read_me = files["read-me-first.html"]
    assert PART in read_me
    assert OPINION not in read_me


def leave(sara: Visitor) -> None:
    sara.follow("Leave the society")
    sara.press("Leave today")
    assert "You have left the society" in sara.text
    assert "directory" in read_letter(SARA, "left")


def be_erased(sara: Visitor) -> None:
    sara.open("/profile/data/")
    sara.follow("Have your data erased")
    assert "because the law asks for it" in sara.text
    assert sara.text.index("What goes at once") < sara.text.index("What stays, and why")
    sara.choose("I understand")
    sara.press("Erase my data for good")
    assert "is erased, and your login with it" in sara.text
    assert "Companies Act 2006" in read_letter(SARA, "We have erased what we held about you")
    steps.log_in(sara, SARA)
    assert sara.heading == "Login"
    kept = Person.objects.get(given_name="Sara")
    assert (kept.user, str(kept.phone), SARA in kept.email) == (None, "", False)


def complain(sara: Visitor, wait: Callable[[float], None]) -> None:
    sara.open("/")
    sara.follow("Complaints")
    sara.choose("How my personal data was used")
    sara.fill("What happened, and when?", "My number was given to somebody.")
    sara.fill("Your name", "Sara Invented")
    sara.fill("E-mail address", SARA)
    steps.show_that_nobody_is_a_machine(sara, wait)
    sara.press("Send")
    letter = read_letter(SARA, "We have your complaint, C-")
    due = timezone.localdate() + dt.timedelta(days=30)
    assert f"{due:%-d %B %Y}" in letter


def fetched(sara: Visitor, way: str, link: str) -> bytes:
    """Through the page that asks for the password, where it was not typed a moment ago."""
    sara.follow(way)
    if sara.heading == "Is it still you?":
        sara.fill("Password", steps.PASSWORD)
        sara.press("Go on")
    content = sara.download(link)
    sara.open("/profile/data/")
    return content


def unpacked(content: bytes) -> dict[str, str]:
    pack = zipfile.ZipFile(io.BytesIO(content))
    return {name: pack.read(name).decode(errors="replace") for name in pack.namelist()}
