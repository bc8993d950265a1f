"""Referees: asked, reminded, answering, refusing, out of reach, replaced; and their links."""

import datetime as dt

import pytest
import time_machine

from foundation import history, links
from foundation.models import Letter
from membership import lifecycle, referees
from membership.models import Application, Referee
from tests.factories import (
    A_MOMENT,
    make_application,
    make_officer,
    make_ready_application,
    make_referee,
)

pytestmark = pytest.mark.django_db
State = Referee.State
SAID = referees.Answer("four years", "their manager", "Very good.", "", True)


def days(number: int, seconds: int = 0) -> dt.datetime:
    return A_MOMENT + dt.timedelta(days=number, seconds=seconds)


def asked() -> Referee:
    """One of two referees who were written to at A_MOMENT."""
    application = make_ready_application()
    with time_machine.travel(A_MOMENT, tick=False):
        lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)
    return application.referees.get(position=1)


def token_of(referee: Referee) -> str:
    return referees.link_of(referee).rstrip("/").rpartition("/")[2]


def letters_to(referee: Referee) -> list[str]:
    return list(
        Letter.objects.filter(to=referee.email).order_by("pk").values_list("kind", flat=True)
    )


def refused_words(token: str) -> str:
    with pytest.raises(links.LinkError) as caught:
        referees.find_asked(token)
    return str(caught.value)


def test_the_letter_to_a_referee_carries_a_link_that_finds_them():
    referee = asked()

    with time_machine.travel(days(1)):
        found = referees.find_asked(token_of(referee))

    assert found == referee
    assert letters_to(referee) == ["reference_request"]
    assert "/reference/" in Letter.objects.get(to=referee.email).text


def test_an_answer_is_kept_and_closes_the_link():
    referee = asked()
    token = token_of(referee)

    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=None)

    referee.refresh_from_db()
    assert (referee.state, referee.opinion, referee.answered_at) == (
        State.ANSWERED,
        "Very good.",
        days(1),
    )
    assert refused_words(token) == "This link has been used. Thank you for your answer."


def test_a_second_answer_changes_nothing():
    referee = asked()
    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=None)
    other = referees.Answer("a day", "stranger", "Bad.", "Many.", False)

    referees.answer(referee_id=referee.pk, said=other, at=days(2), recorded_by=make_officer())

    referee.refresh_from_db()
    assert (referee.opinion, referee.recorded_by) == ("Very good.", None)


def test_an_answer_is_not_turned_into_a_refusal_by_another_window():
    referee = asked()
    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=None)

    referees.refuse(referee_id=referee.pk, at=days(1))

    referee.refresh_from_db()
    assert referee.state == State.ANSWERED
    assert Letter.objects.filter(kind="another_referee").count() == 0


def test_a_refusal_is_not_turned_into_an_answer():
    referee = asked()
    referees.refuse(referee_id=referee.pk, at=days(1))

    referees.answer(referee_id=referee.pk, said=SAID, at=days(2), recorded_by=None)

    referee.refresh_from_db()
    assert (referee.state, referee.opinion) == (State.REFUSED, "")


def test_refusing_asks_the_applicant_for_somebody_else_without_a_reason():
    referee = asked()

    for _ in range(2):
        referees.refuse(referee_id=referee.pk, at=days(1))

    letter = Letter.objects.get(kind="another_referee")
    assert letter.to == referee.application.person.email
    assert "rather not" not in letter.text
    assert "declined" not in letter.text


def test_who_could_not_be_reached_by_letter_may_still_answer_by_telephone():
    referee, officer = asked(), make_officer()
    referees.mark_bounced(referee_id=referee.pk, by=officer, at=days(1))

    referees.answer(referee_id=referee.pk, said=SAID, at=days(2), recorded_by=officer)

    referee.refresh_from_db()
    assert (referee.state, referee.recorded_by) == (State.ANSWERED, officer)


def test_who_answered_is_not_out_of_reach():
    referee = asked()
    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=None)

    referees.mark_bounced(referee_id=referee.pk, by=None, at=days(2))

    referee.refresh_from_db()
    assert referee.state == State.ANSWERED


def decide(application: Application) -> None:
    lifecycle.decline(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, reason="No body."
    )


def withdraw(application: Application) -> None:
    by = application.person.user
    lifecycle.withdraw(application_id=application.pk, by=by, at=A_MOMENT)


@pytest.mark.parametrize("end", [decide, withdraw])
def test_an_application_that_needs_no_reference_is_left_alone(end):
    referee, officer = asked(), make_officer()
    end(referee.application)

    referees.keep(referee_id=referee.pk, name="opinion", value="Begun.")
    referees.mark_bounced(referee_id=referee.pk, by=officer, at=days(1))
    referees.refuse(referee_id=referee.pk, at=days(1))
    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=officer)

    referee.refresh_from_db()
    assert (referee.state, referee.opinion) == (State.ASKED, "")
    assert Letter.objects.filter(kind="another_referee").count() == 0


def test_a_replaced_referee_makes_room_in_the_same_place():
    referee = asked()
    by = referee.application.person.user
    token = token_of(referee)
    referees.mark_bounced(referee_id=referee.pk, by=None, at=days(1))

    for _ in range(2):
        referees.replace(referee_id=referee.pk, by=by, at=days(2))
    new = make_referee(referee.application, 1)
    referees.ask_all(referee.application, at=days(2))

    new.refresh_from_db()
    assert new.state == State.ASKED
    assert letters_to(new) == ["reference_request"]
    assert refused_words(token).startswith("This link no longer works")
    verbs = history.of(referee.application.person.history_key).values_list("verb", flat=True)
    assert list(verbs).count("a referee was replaced") == 1


@pytest.mark.parametrize("state", [State.NAMED, State.ASKED])
def test_a_referee_who_may_still_answer_is_not_replaced(state):
    referee = make_referee(make_application(), state=state)

    with pytest.raises(referees.NotReplaceable):
        referees.replace(referee_id=referee.pk, by=make_officer(), at=A_MOMENT)

    referee.refresh_from_db()
    assert referee.replaced_at is None


@pytest.mark.parametrize(
    ("at", "reminded"),
    [
        (days(7, seconds=-1), [0]),
        (days(7), [2]),
        (days(14, seconds=-1), [2]),
        (days(14), [2, 2]),
    ],
)
def test_two_referees_are_reminded_after_seven_and_after_fourteen_days(at, reminded):
    referee = asked()

    runs = [referees.remind_due(at=at) for _ in reminded]

    assert runs == reminded
    assert letters_to(referee).count("reference_reminder") == sum(reminded) // 2


def test_nobody_is_reminded_a_third_time():
    referee = asked()

    runs = [referees.remind_due(at=days(number)) for number in (7, 8, 14, 15, 28, 100)]

    assert runs == [2, 0, 2, 0, 0, 0]
    assert letters_to(referee) == ["reference_request", *["reference_reminder"] * 2]


def test_who_answered_or_refused_is_not_reminded():
    referee = asked()
    second = referee.application.referees.get(position=2)
    referees.answer(referee_id=referee.pk, said=SAID, at=days(1), recorded_by=None)
    referees.refuse(referee_id=second.pk, at=days(1))

    reminded = referees.remind_due(at=days(7))

    assert reminded == 0


@pytest.mark.parametrize("ending", ["withdrawn", "declined"])
def test_once_an_application_has_ended_its_referees_are_left_alone(ending):
    referee = asked()
    application = referee.application
    token = token_of(referee)
    if ending == "withdrawn":
        lifecycle.withdraw(application_id=application.pk, by=application.person.user, at=days(1))
    else:
        lifecycle.decline(
            application_id=application.pk, by=make_officer(), at=days(1), reason="No."
        )

    reminded = referees.remind_due(at=days(7))

    assert reminded == 0
    assert refused_words(token).startswith("This application no longer needs your answer.")


def test_a_referee_is_awaited_while_the_applicant_adds_something():
    referee = asked()
    lifecycle.ask(
        application_id=referee.application_id,
        by=make_officer(),
        at=days(1),
        items={"dbs": "Which?"},
    )

    found = referees.find_asked(token_of(referee))

    assert found == referee
    assert referees.remind_due(at=days(7)) == 2


@pytest.mark.parametrize(("age", "works"), [(60, True), (61, False)])
def test_a_link_lasts_sixty_days(age, works):
    referee = asked()
    with time_machine.travel(A_MOMENT, tick=False):
        token = token_of(referee)

    with time_machine.travel(days(age), tick=False):
        if works:
            assert referees.find_asked(token) == referee
        else:
            assert refused_words(token) == "This link has expired. Ask for a new one."


def test_a_link_that_was_changed_is_refused():
    token = token_of(asked())

    words = refused_words(token[:-3] + ("abc" if token[-3:] != "abc" else "xyz"))

    assert words == "This link is not complete. Copy the whole address from the letter."


def test_a_link_of_another_purpose_is_worthless():
    referee = asked()
    payload = {"referee": referee.pk, "nonce": referee.nonce}

    words = refused_words(links.sign(payload, purpose="enquiry"))

    assert words.startswith("This link is not complete.")


def test_a_link_opens_its_own_referee_only():
    first, second = asked(), asked()
    mixed = links.sign({"referee": second.pk, "nonce": first.nonce}, purpose=referees.PURPOSE)

    found = referees.find_asked(token_of(first))

    assert found.application == first.application
    assert refused_words(mixed).startswith("This link no longer works")


def test_who_is_named_is_written_to_once():
    referee = asked()

    referees.ask_all(referee.application, at=days(1))

    referee.refresh_from_db()
    assert letters_to(referee) == ["reference_request"]
    assert referee.asked_at == A_MOMENT
    assert Application.objects.get().state == "submitted"
