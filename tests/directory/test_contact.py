"""Writing to a member through the site, without learning their address."""

import datetime as dt
import time

import pytest
import time_machine
from django.core import signing

from directory.models import Enquiry
from foundation.captcha import QUESTIONS
from foundation.models import Letter
from tests.directory.make import TODAY, make_listing
from tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

URL = "/directory/priya-sample/contact/"
A_MOMENT = dt.datetime(TODAY.year, TODAY.month, TODAY.day, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(A_MOMENT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def listing():
    person = make_member(make_person(email="priya-at-home@example.org"))
    return make_listing(person, slug="priya-sample", public_name="Priya Sample")


def written(**changes) -> dict[str, str]:
    token = signing.dumps([0, time.time() - 60], salt="cmsuk.captcha")
    return {
        "name": "Dr Owen Invented",
        "organisation": "Hospital of Nowhere",
        "email": "owen@example.org",
        "phone": "020 7946 0123",
        "message": "We look for a case manager in Cardiff.",
        "question_token": token,
        "answer": next(iter(QUESTIONS[0][1])),
        "nickname": "",
        **changes,
    }


def letters() -> dict[str, Letter]:
    return {letter.kind: letter for letter in Letter.objects.all()}


def test_the_page_warns_of_client_details_and_shows_no_address(client, listing):
    text = client.get(URL).content.decode()

    assert "Do not include client names or medical details." in text
    assert "priya-at-home@example.org" not in text


def test_an_enquiry_is_kept_and_passed_on_with_a_copy(client, listing):
    response = client.post(URL, written())

    assert response["Location"] == f"{URL}sent/"
    enquiry = Enquiry.objects.get()
    assert (enquiry.listing, enquiry.name, enquiry.email, str(enquiry.phone), enquiry.sent_at) == (
        listing,
        "Dr Owen Invented",
        "owen@example.org",
        "+44 20 7946 0123",
        A_MOMENT,
    )
    assert {kind: letter.to for kind, letter in letters().items()} == {
        "directory_enquiry": "priya-at-home@example.org",
        "directory_enquiry_copy": "owen@example.org",
    }


def test_the_member_learns_who_wrote_and_how_to_answer(client, listing):
    client.post(URL, written(message="Isn't <this> fine & dandy?"))

    letter = letters()["directory_enquiry"]
    assert letter.subject == "Somebody found you in the directory"
    assert "Dr Owen Invented of Hospital of Nowhere wrote to you" in letter.text
    assert "owen@example.org" not in letter.text + letter.html
    assert "They would like to be called: +44 20 7946 0123" in letter.text
    assert "/directory/enquiry/" in letter.text
    assert "Isn't <this> fine & dandy?" in letter.text
    assert "<this>" not in letter.html
    assert letter.subject_key == listing.person.history_key


def test_the_purchaser_never_learns_the_members_address(client, listing):
    page = client.post(URL, written(), follow=True).content.decode()

    copy = letters()["directory_enquiry_copy"]
    assert "priya-at-home@example.org" not in page + copy.text + copy.html + copy.subject
    assert "We look for a case manager in Cardiff." in copy.text
    assert "Priya Sample normally answers by e-mail." in page


def test_a_name_cannot_add_lines_to_a_letter(client, listing):
    client.post(URL, written(name="Owen\nE-mail: wrong@example.org"))

    assert Enquiry.objects.get().name == "Owen E-mail: wrong@example.org"


def test_a_work_address_is_preferred(client, listing):
    listing.person.work_email = "priya-at-work@example.org"
    listing.person.save()

    client.post(URL, written())

    assert letters()["directory_enquiry"].to == "priya-at-work@example.org"


def test_organisation_and_telephone_may_be_left_out(client, listing):
    client.post(URL, written(organisation="", phone=""))

    text = letters()["directory_enquiry"].text
    assert "Dr Owen Invented wrote to you" in text
    assert "called" not in text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("email", ""),
        ("email", "owen"),
        ("phone", "12"),
        ("message", ""),
        ("message", "x" * 3001),
        ("answer", "wrong"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_the_rest_kept(client, listing, field, typed):
    response = client.post(URL, written(**{field: typed}))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert 'value="Hospital of Nowhere"' in response.content.decode()
    assert not Enquiry.objects.exists()
    assert not Letter.objects.exists()


def test_a_machine_that_fills_the_trap_is_refused(client, listing):
    response = client.post(URL, written(nickname="robot"))

    assert response.context["form"].non_field_errors()
    assert not Enquiry.objects.exists()


def test_the_fourth_enquiry_of_an_hour_is_refused_with_the_offices_telephone(client, listing):
    first_three = [client.post(URL, written(message=f"No {n}")).status_code for n in range(3)]

    fourth = client.post(URL, written(message="And another thing."))

    text = fourth.content.decode()
    assert first_three == [302, 302, 302]
    assert fourth.status_code == 429
    assert "You have sent 3 enquiries this hour." in text
    assert "020 7946 0100" in text
    assert "And another thing." in text
    assert Enquiry.objects.count() == 3


def test_the_limit_does_not_mind_the_case_of_the_address(client, listing):
    for email in ("owen@example.org", "Owen@example.org", "OWEN@EXAMPLE.ORG"):
        client.post(URL, written(email=email))

    assert client.post(URL, written(email="oWen@example.org")).status_code == 429


def test_a_colleague_behind_the_same_connection_may_still_write(client, listing):
    for _ in range(4):
        client.post(URL, written())

    assert client.post(URL, written(email="colleague@example.org")).status_code == 302


def test_one_connection_under_many_names_is_stopped_at_twenty(client, listing):
    allowed = [client.post(URL, written(email=f"sender{n}@example.org")) for n in range(20)]

    refused = client.post(URL, written(email="sender20@example.org"))

    assert {response.status_code for response in allowed} == {302}
    assert refused.status_code == 429
    assert (
        "Many enquiries were sent from your network this hour. Wait an hour, and try again."
        in refused.content.decode()
    )


def test_a_mistake_in_the_form_does_not_count_as_an_enquiry(client, listing):
    for _ in range(3):
        client.post(URL, written(answer="wrong"))

    assert client.post(URL, written()).status_code == 302


def test_who_opted_out_meanwhile_is_not_written_to(client, listing):
    client.get(URL)
    listing.opted_in_at = None
    listing.save()

    response = client.post(URL, written())

    text = response.content.decode()
    assert response.status_code == 410
    assert "Your message was not sent" in text
    assert "We look for a case manager in Cardiff." in text
    assert "Priya" not in text
    assert not Enquiry.objects.exists()
    assert not Letter.objects.exists()


def test_a_hidden_listing_cannot_be_told_from_one_that_never_was(client, listing):
    listing.opted_in_at = None
    listing.save()

    hidden = client.post(URL, written(email="one@example.org"))
    absent = client.post("/directory/never-was/contact/", written(email="two@example.org"))

    assert hidden.status_code == absent.status_code == 410
    assert hidden.content == absent.content


def test_a_lapsed_member_is_not_written_to(client, listing, the_day):
    the_day.move_to(dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))

    assert client.post(URL, written()).status_code == 410
