"""Ruth opens a register, takes a file in, shares it with Rae, hands it over; Rae takes it out."""

import datetime as dt

import pytest
from django.utils import timezone

from records.models import Register
from tests.factories import make_member
from tests.journeys.beginnings import make_account
from tests.journeys.steps import log_in

RUTH, RAE = "ruth.invented@example.org", "rae.invented@example.org"
HEAD = (
    "id,as_of,date_of_birth,capacity,category,care_concluded_on,last_contact_on,"
    "date_of_death,knowledge_date,holds"
)
ENDED_IN = timezone.localdate().year - 4
"""Eight years are kept."""
GOOD = [f"CM-{number:04},,12/04/1971,has,general,15/06/{ENDED_IN},,,," for number in range(37)]
BAD = [
    f"943 476 5919,,12/04/1971,has,general,15/06/{ENDED_IN},,,,",
    f"401 023 2137,,12/04/1971,has,general,15/06/{ENDED_IN},,,,",
    f"CM-9001,,12/04/1971,has,general,15/06/{ENDED_IN + 100},,,,",
]
FILE = ("records.csv", "\r\n".join([HEAD, *GOOD, *BAD, ""]).encode("utf-16"))

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(
    params=["plain", *(pytest.param(kind, marks=pytest.mark.browser) for kind in ("script", "no"))]
)
def visitors(request):
    """Over plain HTTP, in a browser that runs script, and in one that does not."""
    if request.param == "plain":
        return request.getfixturevalue("plain")
    browsers = request.getfixturevalue("browsers")
    return lambda: browsers(script=request.param == "script")


def member(address, given):
    today = timezone.localdate()
    person = make_account(address, given, "Invented")
    return make_member(person, starts_on=today, ends_on=today + dt.timedelta(days=300))


def test_a_register_is_opened_filled_shared_handed_over_and_taken_out(visitors):
    member(RUTH, "Ruth")
    rae = member(RAE, "Rae")
    ruths, raes = visitors(), visitors()

    log_in(ruths, RUTH)
    ruths.open("/records/")
    ruths.follow("Open a register")
    ruths.fill("Name of your organisation", "Example Case Management")
    ruths.choose("I have read these terms and accept them")
    ruths.press("Accept and open my register")
    assert "You have no records here yet." in ruths.text

    ruths.follow("Add from a file")
    ruths.attach("File", FILE)
    ruths.press("Look at the file")
    assert "40 rows for “Example Case Management”. Nothing is stored yet." in ruths.text
    assert ruths.text.count("The reference looks like an NHS number.") == 2
    assert "The end of care is in the future." in ruths.text
    ruths.press("Take in 37 rows")
    assert "37 records added, 0 changed, 0 known already, 3 refused" in ruths.text

    ruths.press("Undo the import")
    assert "37 of them were taken back" in ruths.text
    ruths.open("/records/")
    ruths.follow("Add from a file")
    ruths.attach("File", FILE)
    ruths.press("Look at the file")
    ruths.press("Take in 37 rows")

    ruths.open("/records/")
    ruths.follow("Who shares it")
    ruths.fill("Their membership number", rae.membership.written_number)
    ruths.fill("Their e-mail address", RAE)
    ruths.press("Invite them")
    assert "Has not answered" in ruths.text

    log_in(raes, RAE)
    raes.open("/records/")
    assert "CM-0001" not in raes.text
    raes.follow("Read what it is about, and answer")
    raes.choose("I have read these terms and accept them")
    raes.press("Join")
    assert "CM-0001" in raes.text

    ruths.open("/records/")
    ruths.follow("Who shares it")
    ruths.follow("Hand over")
    ruths.press("Offer it")
    raes.open("/records/")
    raes.follow("Take it over or decline")
    raes.choose("I have read these terms and accept them")
    raes.press("Take it over")
    assert "The register is yours now." in raes.text
    ruths.open("/records/")
    assert "You keep no register yet." in ruths.text

    raes.fill("Find a reference", "CM-0036")
    raes.press("Find")
    raes.follow("CM-0036")
    assert f"Keep until 15 June {ENDED_IN + 8}" in raes.text
    assert Register.objects.get().owner == rae
