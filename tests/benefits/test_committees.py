"""Committees: read by all; a member offers to help, takes it back, and is answered by letter."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benefits import committees
from benefits.models import Expression
from foundation import history
from foundation.models import Letter
from tests.benefits.helping import make_committee, make_expression
from tests.factories import A_DAY, A_MOMENT, make_member, make_officer, make_person
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
DAY = dt.timedelta(days=1)
WORDS = {"words": "I would help on Mondays."}
State = Expression.State


def page(client, way, typed=None):
    answer = client.get(way) if typed is None else client.post(way, typed, follow=True)
    return answer.content.decode()


def test_everybody_reads_what_is_shown_and_nothing_else(client):
    shown, hidden = make_committee(text="**More**"), make_committee(is_shown=False)

    found = page(client, "/committees/")

    assert shown.name in found
    assert hidden.name not in found
    assert "<strong>More</strong>" in page(client, shown.get_absolute_url())
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_member_offers_to_help_once_and_takes_it_back():
    committee, member = make_committee(), make_member()
    make_expression(committee=committee)  # somebody else's
    client, way = browser_of(member), committee.get_absolute_url()

    said = page(client, way, WORDS)
    page(client, way, WORDS)
    taken_back = page(client, f"{way}withdraw/", {})

    mine = Expression.objects.get(person=member)
    assert "The office has it, and answers you by e-mail." in said
    assert (mine.state, mine.closed_at, mine.closed_by) == (State.WITHDRAWN, A_MOMENT, member.user)
    assert "Say that you would help" in taken_back
    assert Expression.objects.waiting().count() == 1
    assert [one.verb for one in history.of(member.history_key)] == [
        "took an expression of interest back",
        "would help in a committee",
    ]


def test_nobody_takes_back_what_is_anothers(client):
    waiting = make_expression()
    way = f"{waiting.committee.get_absolute_url()}withdraw/"

    codes = [one.post(way).status_code for one in (client, browser_of(make_member()))]

    assert codes == [302, 404]
    assert Expression.objects.waiting().count() == 1


def test_who_is_no_member_is_told_why_and_a_visitor_signs_in(client):
    way = make_committee().get_absolute_url()
    lapsed = make_member(starts_on=A_DAY - 500 * DAY, ends_on=A_DAY - 136 * DAY)

    told = page(browser_of(lapsed), way, WORDS)
    asked = client.post(way, WORDS)

    assert "Committees are for members." in told
    assert asked["Location"].startswith("/accounts/login/")
    assert not Expression.objects.exists()


def test_days_of_grace_are_a_members():
    member = make_member(starts_on=A_DAY - 365 * DAY, ends_on=A_DAY - DAY)

    page(browser_of(member), make_committee().get_absolute_url(), WORDS)

    assert Expression.objects.waiting().get().person == member


def test_a_committee_that_looks_for_nobody_takes_no_offer():
    committee = make_committee(is_open=False)

    told = page(browser_of(make_member()), committee.get_absolute_url(), WORDS)

    assert "does not look for anybody at present." in told
    assert not Expression.objects.exists()


def test_what_is_typed_is_kept_when_it_is_too_long_or_nothing():
    client, way = browser_of(make_member()), make_committee().get_absolute_url()

    assert "Write a few words" in page(client, way, {"words": " "})
    assert "y" * 1001 in page(client, way, {"words": "y" * 1001})
    assert not Expression.objects.exists()


@pytest.mark.parametrize(
    ("state", "subject"),
    [("invited", "An invitation to Events"), ("thanked", "Thank you for offering to help in Even")],
)
def test_the_office_answers_and_the_member_gets_a_letter_once(state, subject):
    waiting = make_expression(committee=make_committee(name="Events"))
    office = Client()
    office.force_login(make_officer())
    way = f"/admin/benefits/expression/{waiting.pk}/answer/"

    asked = page(office, way)
    for _ in range(2):
        told = page(office, way, {"state": state, "words": "We meet in May."})

    letter = Letter.objects.get()
    waiting.refresh_from_db()
    assert "I would help on Mondays." in asked
    assert letter.subject.startswith(subject)
    assert "We meet in May." in letter.text
    assert (letter.to, waiting.state) == (waiting.person.email, state)
    assert "This is settled already" in told


def test_what_was_taken_back_is_not_answered():
    waiting = make_expression()
    committees.withdraw(waiting.pk, by=waiting.person.user, at=A_MOMENT)

    with pytest.raises(committees.NotPossible, match="taken back"):
        committees.answer(waiting.pk, state="invited", words="", by=make_officer(), at=A_MOMENT)

    assert not Letter.objects.exists()


def test_an_answer_goes_to_the_account_that_was_kept():
    waiting, kept = make_expression(), make_person()
    waiting.person.merged_into = kept
    waiting.person.save()

    committees.answer(waiting.pk, state="thanked", words="", by=make_officer(), at=A_MOMENT)

    assert Letter.objects.get().to == kept.email


def queries(client, way):
    with CaptureQueriesContext(connection) as found:
        client.get(way)
    return len(found)


def test_lists_ask_as_often_for_one_as_for_three(client):
    office = Client()
    office.force_login(make_officer())
    looks = ((client, "/committees/"), (office, "/admin/benefits/expression/"))
    make_expression()
    once = [queries(*look) for look in looks]
    for _ in range(2):
        make_expression()

    assert [queries(*look) for look in looks] == once
