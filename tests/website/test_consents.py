"""Every consent with its wording and day; taking one back; and what people put right themselves."""

import datetime as dt

import pytest

from directory import publishing
from directory.models import Listing
from directory.publishing import Consents, Shown
from foundation import history
from membership import lifecycle, statements
from membership.models import Person
from tests.benefits.announcing import make_reader, topic
from tests.factories import A_DAY, A_MOMENT, make_member, make_person, make_ready_application
from tests.signed_in import browser_of
from website import consents

pytestmark = pytest.mark.django_db

LATER = A_MOMENT + dt.timedelta(days=3)
PHOTO = "In the directory I agree to this: photo"


def listed(**shown):
    person = make_member()
    step = {"person_id": person.pk, "by": person.user, "at": A_MOMENT}
    facts = {"public_name": "Ada Made-Up", "area_codes": ("WLS",), "consents": Consents(**shown)}
    publishing.save_listing(shown=Shown(**facts), **step)
    publishing.opt_in(on=A_DAY, **step)
    return person


def told(person):
    return {one.words: (one.given_at, one.withdrawn_at) for one in consents.of(person)}


def test_each_consent_has_its_wording_and_its_day():
    found = told(listed(shows_photo=False))

    assert found == {
        publishing.OPT_IN_WORDS: (A_MOMENT, None),
        "In the directory I agree to this: the nearest large town": (A_MOMENT, None),
        "In the directory I agree to this: regulator and day of our check": (A_MOMENT, None),
        "In the directory I agree to this: found by search engines": (A_MOMENT, None),
    }


def test_a_consent_that_was_taken_back_stays_with_both_days():
    person = listed()

    publishing.opt_out(person_id=person.pk, by=person.user, at=LATER)
    publishing.withdraw(person_id=person.pk, name="shows_photo", by=person.user, at=LATER)

    assert told(person)[publishing.OPT_IN_WORDS] == (A_MOMENT, LATER)
    assert told(person)[PHOTO] == (A_MOMENT, LATER)


def test_one_click_takes_a_consent_back_at_once():
    person = listed()
    client = browser_of(person)

    page = client.get("/profile/data/consents/").content.decode()
    for key in ("directory", "shows_photo"):
        client.post("/profile/data/consents/withdraw/", {"key": key})

    listing = Listing.objects.get()
    assert page.count("Take it back<") == 5
    assert (listing.is_opted_in, listing.shows_photo, listing.shows_town) == (False, False, True)
    assert client.get("/profile/data/consents/").content.decode().count("Taken back<") == 2


def test_taking_back_twice_or_what_there_is_not_changes_nothing():
    person = listed()
    client = browser_of(person)
    lines = history.of(person.history_key).count()

    answers = [
        client.post("/profile/data/consents/withdraw/", {"key": key}).status_code
        for key in ("directory", "directory", "about", "")
    ]

    assert answers == [302, 302, 404, 404]
    assert history.of(person.history_key).count() == lines + 1
    assert Listing.objects.get().shows_town


def test_nobody_takes_back_anothers_consent():
    listed()

    browser_of(make_member()).post("/profile/data/consents/withdraw/", {"key": "directory"})

    assert Listing.objects.get().is_opted_in


def test_leaving_the_society_takes_back_the_directory():
    person = listed()

    lifecycle.resign(membership_id=person.membership.pk, by=person.user, at=LATER)

    assert told(person)[publishing.OPT_IN_WORDS] == (A_MOMENT, LATER)


def test_what_was_confirmed_with_an_application_stands_in_the_words_of_its_day():
    application = make_ready_application()
    person = application.person
    lifecycle.submit(application_id=application.pk, by=person.user, at=A_MOMENT)

    page = browser_of(person).get("/profile/data/consents/").content.decode()

    assert [one.words for one in consents.statements_of(person)] == [
        statements.rules_words(application.rules_accepted_version),
        statements.DBS,
        statements.INDEMNITY,
    ]
    assert statements.DBS in page


def test_consents_to_news_stand_among_them_and_are_taken_back_by_one_click():
    person, other = make_reader(), make_reader()
    client = browser_of(person)
    events = topic("Events")

    before = client.get("/profile/data/consents/").content.decode()
    answer = client.post("/profile/data/consents/withdraw/", {"key": f"news {events.pk}"})

    assert events.wording in before
    assert answer.status_code == 302
    assert [one.withdrawn_at is None for one in consents.of(person)] == [False]
    assert [one.withdrawn_at for one in consents.of(other)] == [None]


@pytest.mark.parametrize("key", ["news ", "news x", "news 99²", "newsletter"])
def test_a_consent_to_news_that_there_is_not_is_not_found(key):
    client = browser_of(make_reader())

    assert client.post("/profile/data/consents/withdraw/", {"key": key}).status_code == 404


def test_somebody_without_consents_reads_so():
    page = browser_of(make_person()).get("/profile/data/consents/").content.decode()

    assert "We ask for consent only for the directory and for news by e-mail." in page


# Put right by themselves ---------------------------------------------------------------------


def home(**changes):
    return {
        "phone": "020 7946 0123",
        "address_line_1": "2 New Street",
        "address_line_2": "",
        "town": "Cardiff",
        "postcode": "cf144xw",
        "country": "United Kingdom",
        **changes,
    }


def test_a_new_address_is_kept_at_once_and_the_history_says_what_changed_and_not_to_what():
    person = make_person(given_name="Ada", family_name="Made-Up")

    browser_of(person).post("/profile/details/home/", home(given_name="Somebody"))

    kept = Person.objects.get(pk=person.pk)
    line = history.of(person.history_key).first()
    assert (kept.address_line_1, kept.postcode, kept.given_name) == (
        "2 New Street",
        "CF14 4XW",
        "Ada",
    )
    assert line.verb == "changed their home details"
    assert "Address line 1" in line.text
    assert "New Street" not in line.text


def test_what_did_not_change_is_not_noted():
    person = make_person()
    client = browser_of(person)
    for _twice in range(2):
        client.post("/profile/details/home/", home())

    assert history.of(person.history_key).count() == 1


def test_a_wrong_postcode_is_refused_and_kept_on_the_page():
    answer = browser_of(make_person()).post("/profile/details/home/", home(postcode="nowhere"))

    assert "Enter a full UK postcode" in answer.content.decode()
    assert "nowhere" in answer.content.decode()


def test_where_somebody_works_is_changed_on_a_page_of_its_own():
    person = make_person()

    browser_of(person).post(
        "/profile/details/work/", {"work_organisation": "Example Ltd", "work_role": "Lead"}
    )

    assert Person.objects.get(pk=person.pk).work_organisation == "Example Ltd"
    assert browser_of(person).get("/profile/details/else/").status_code == 404
