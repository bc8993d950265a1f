"""Both sides answer behind signed links, and neither learns the other's address."""

import datetime as dt

import pytest
import time_machine

from directory import answering, enquiries
from directory.models import Enquiry, Reply
from foundation.models import Letter
from tests.directory.make import TODAY, make_listing, send_enquiry
from tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

A_MOMENT = dt.datetime(TODAY.year, TODAY.month, TODAY.day, 12, 0, tzinfo=dt.UTC)
HOME, PURCHASER = "priya-at-home@example.org", "owen@example.org"


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(A_MOMENT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def enquiry():
    person = make_member(make_person(email=HOME))
    return send_enquiry(make_listing(person, slug="priya-sample", public_name="Priya Sample"))


def path_for(enquiry, reader):
    return "/directory/" + enquiries.link_of(enquiry, reader=reader).partition("/directory/")[2]


def test_the_member_reads_what_was_written_without_an_address(client, enquiry):
    text = client.get(path_for(enquiry, "member")).content.decode()

    assert "Dr Owen Invented wrote to you" in text
    assert "We look for a case manager." in text
    assert PURCHASER not in text


def test_an_answer_goes_to_the_purchaser_without_the_members_address(client, enquiry):
    page = client.post(path_for(enquiry, "member"), {"message": "Gladly."}, follow=True)

    letter = Letter.objects.get(kind="directory_reply")
    enquiry.refresh_from_db()
    assert (letter.to, letter.subject) == (PURCHASER, "Priya Sample answered you")
    assert "Gladly." in letter.text
    assert HOME not in letter.text + letter.html
    assert enquiry.answered_at == A_MOMENT
    assert "Your answer is on its way." in page.content.decode()


def test_the_purchaser_writes_back_and_the_member_gets_it(client, enquiry):
    client.post(path_for(enquiry, "member"), {"message": "Gladly."})

    client.post(path_for(enquiry, "purchaser"), {"message": "When?"})

    letter = Letter.objects.order_by("pk").last()
    assert (letter.to, letter.subject) == (HOME, "Dr Owen Invented answered you")
    assert PURCHASER not in letter.text + letter.html
    assert [reply.author for reply in Reply.objects.all()] == ["member", "purchaser"]


def test_a_purchaser_alone_answers_nothing(client, enquiry):
    client.post(path_for(enquiry, "purchaser"), {"message": "Are you there?"})

    enquiry.refresh_from_db()
    assert enquiry.answered_at is None


def test_the_same_answer_twice_goes_once(client, enquiry):
    for _ in range(2):
        client.post(path_for(enquiry, "member"), {"message": "Gladly."})

    assert Reply.objects.count() == 1
    assert Letter.objects.filter(kind="directory_reply").count() == 1


def test_an_empty_answer_is_asked_for(client, enquiry):
    page = client.post(path_for(enquiry, "member"), {"message": " "})

    assert page.context["form"].errors == {"message": ["Write your answer."]}
    assert not Reply.objects.exists()


def test_spam_ends_the_exchange_for_both(client, enquiry):
    client.post(path_for(enquiry, "member"), {"spam": "1"})

    client.post(path_for(enquiry, "purchaser"), {"message": "Buy now!"})

    enquiry.refresh_from_db()
    assert enquiry.spam_reported_at == A_MOMENT
    assert not Reply.objects.exists()


def test_a_purchaser_cannot_report_spam(client, enquiry):
    client.post(path_for(enquiry, "purchaser"), {"spam": "1", "message": "Hello."})

    enquiry.refresh_from_db()
    assert enquiry.spam_reported_at is None


def test_after_twenty_answers_they_find_another_way(enquiry):
    for number in range(20):
        answering.reply(
            enquiry_id=enquiry.pk, reader="member", message=f"Number {number}", at=A_MOMENT
        )

    with pytest.raises(answering.NoMoreReplies):
        answering.reply(enquiry_id=enquiry.pk, reader="member", message="One more", at=A_MOMENT)


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None)])
def test_a_link_that_was_changed_opens_nothing(client, enquiry, cut):
    token = path_for(enquiry, "member").split("/")[-2]

    response = client.get(f"/directory/enquiry/{token[cut]}/")

    assert response.status_code == 404
    assert "We look for a case manager." not in response.content.decode()


def test_a_link_of_a_deleted_enquiry_says_so(client, enquiry):
    path = path_for(enquiry, "member")
    Enquiry.objects.all().delete()

    response = client.get(path)

    assert response.status_code == 404
    assert "Messages are kept for 12 months." in response.content.decode()


def test_a_link_ends_with_the_twelve_months(client, enquiry, the_day):
    path = path_for(enquiry, "member")

    the_day.move_to(A_MOMENT + dt.timedelta(days=366))

    assert client.get(path).status_code == 404


def test_the_page_is_kept_by_nobody_in_between(client, enquiry):
    assert "no-store" in client.get(path_for(enquiry, "member"))["Cache-Control"]


def test_an_opened_page_takes_as_many_queries_however_long(client, django_assert_num_queries):
    listing = make_listing()
    short, long = send_enquiry(listing, mark="a"), send_enquiry(listing, mark="b")
    for number in range(5):
        answering.reply(
            enquiry_id=long.pk, reader="member", message=f"Number {number}", at=A_MOMENT
        )

    for one in (short, long):
        with django_assert_num_queries(2):
            client.get(path_for(one, "purchaser"))
