"""What a waiting applicant reads: who acts next, their place, how long it takes."""

import datetime as dt

import pytest
import time_machine

from membership import known, outlook
from membership.models import Application, Referee
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_fee,
    make_person,
    make_referee,
)

pytestmark = pytest.mark.django_db

A_DAY_LONG = dt.timedelta(days=1)


def told(application):
    return known.of_application(application)


def shown(application):
    return {row.key: row.value for row in outlook.rows(told(application), on=A_DAY)}


def decided(days, *, decided_at=A_MOMENT, state="declined"):
    return make_application(
        state=state, submitted_at=decided_at - dt.timedelta(days=days), decided_at=decided_at
    )


def with_references(*states):
    application = make_application(state="submitted")
    for position, state in enumerate(states, start=1):
        answered_at = A_MOMENT if state in ("answered", "refused") else None
        make_referee(application, position, state=state, answered_at=answered_at)
    return application


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("asked", "asked"), "Your referees: 0 of 2 references have arrived"),
        (("answered", "asked"), "Your referees: 1 of 2 references have arrived"),
        (("answered", "answered"), "The office"),
        (("answered", "refused"), "You"),
        (("answered", "bounced"), "You"),
        ((), "The office"),
    ],
)
def test_who_acts_on_an_application_that_was_sent(states, words):
    assert outlook.who_acts(told(with_references(*states))) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "You"),
        ("more_information", "You"),
        ("declined", "Nobody: this application has ended"),
        ("withdrawn", "Nobody: this application has ended"),
    ],
)
def test_who_acts_otherwise(state, words):
    assert outlook.who_acts(told(make_application(state=state))) == words


@pytest.mark.parametrize(
    ("pence", "who", "what"),
    [
        (9000, "You", "Pay the fee."),
        (0, "The portal, within the hour", "Nothing at present"),
    ],
)
def test_who_acts_after_the_approval(pence, who, what):
    application = make_approved(pence=pence).application

    assert (outlook.who_acts(told(application)), outlook.what_is_asked(told(application))) == (
        who,
        what,
    )


def test_what_the_office_asks_is_what_is_asked():
    application = make_application(state="more_information")

    assert outlook.what_is_asked(told(application)) == "Please name another referee."


def test_the_place_is_by_the_first_sending_and_holds_nobody_who_does_not_wait():
    first, second, third = (
        make_application(state="submitted", submitted_at=A_MOMENT + number * A_DAY_LONG)
        for number in (1, 2, 2)
    )
    make_application(state="more_information", submitted_at=A_MOMENT)
    make_application(state="declined", submitted_at=A_MOMENT)

    assert [outlook.place_of(one) for one in (first, second, third)] == [
        "Next in turn",
        "Number 2 of 3 that wait for the office",
        "Number 3 of 3 that wait for the office",
    ]


@pytest.mark.parametrize(("decisions", "days"), [(4, None), (5, 7)])
def test_a_median_is_shown_from_five_decisions_on(decisions, days):
    for number in range(decisions):
        decided(5 + number)

    assert outlook.median_days(on=A_DAY) == days


def test_decisions_count_for_twelve_months():
    for _number in range(4):
        decided(7)
    midnight = dt.datetime(2025, 11, 22, tzinfo=dt.UTC)
    last = decided(7, decided_at=midnight - dt.timedelta(seconds=1))
    before = outlook.median_days(on=A_DAY)
    Application.objects.filter(pk=last.pk).update(decided_at=midnight)

    assert (before, outlook.median_days(on=A_DAY)) == (None, 7)


def test_the_days_are_said_in_words():
    for _number in range(5):
        decided(1)
    application = make_application(state="submitted")

    assert shown(application) == {
        "Who acts next": "The office",
        "What is asked of you": "Nothing at present",
        "Your place": "Next in turn",
        "How long it takes": (
            "Over the last 12 months half of all decisions came within 1 day of sending."
        ),
    }


def test_an_approved_application_has_no_place_any_more():
    application = make_approved().application

    assert list(shown(application)) == ["Who acts next", "What is asked of you"]


def test_the_page_shows_it_to_its_applicant_and_to_nobody_else(client):
    application = with_references("asked", "answered")
    Referee.objects.update(opinion="A secret opinion")
    other = make_person()
    with time_machine.travel("2026-11-22 10:00", tick=False):
        client.force_login(application.person.user)
        own = client.get("/apply/").content.decode()
        client.force_login(other.user)
        others = client.get("/apply/").content.decode()

    assert "1 of 2 references have arrived" in own
    assert "Next in turn" in own
    assert "A secret opinion" not in own
    assert "references have arrived" not in others


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outlook_takes_the_same_queries_for_one_and_for_three(rows, django_assert_num_queries):
    for _row in range(rows):
        make_application(state="submitted")
        decided(3)
        make_fee()
    application = told(make_application(state="submitted"))

    with django_assert_num_queries(3):
        outlook.rows(application, on=A_DAY)
