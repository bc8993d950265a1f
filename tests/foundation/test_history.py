"""History: one chain a subject, added to only, and any change of it is found."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import history
from foundation.models import Event, HistoryIsAppendOnly
from tests.factories import A_MOMENT, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


def write(*verbs: str, subject: str = "a subject") -> list[Event]:
    return [
        history.record(
            subject, verb, at=A_MOMENT + dt.timedelta(minutes=number), by=None, text=f"{verb}!"
        )
        for number, verb in enumerate(verbs)
    ]


def found() -> list[tuple[str, int, str]]:
    return [(one.subject_key, one.number, one.words) for one in history.faults()]


def test_lines_are_numbered_and_each_holds_the_digest_of_the_one_before():
    first, second, third = write("came", "asked", "left")

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == ["", first.digest, second.digest]
    assert found() == []


def test_every_subject_has_a_chain_of_its_own():
    write("came", subject="one")
    write("came", "left", subject="two")

    newest = [event.verb for event in history.of("two")]

    assert newest == ["left", "came"]
    assert history.of("one").get().number == 1
    assert found() == []


def test_who_did_it_is_kept_without_a_name():
    user = make_user(name="Pat Example")

    by_hand = history.record("a subject", "came", at=A_MOMENT, by=user)
    by_itself = history.record("a subject", "left", at=A_MOMENT, by=None)

    assert (by_hand.actor, by_itself.actor) == (f"user {user.pk}", "the portal")


def test_a_line_is_neither_saved_again_nor_deleted():
    (event,) = write("came")

    with pytest.raises(HistoryIsAppendOnly):
        event.save()
    with pytest.raises(HistoryIsAppendOnly):
        event.delete()

    assert Event.objects.count() == 1


def test_erased_words_are_gone_and_the_chain_still_verifies():
    write("came", "asked", subject="one")
    write("came", subject="two")

    erased = history.erase_text("one")

    assert erased == 2
    assert {event.text for event in history.of("one")} == {""}
    assert {event.salt for event in history.of("one")} == {""}
    assert history.of("two").get().text == "came!"
    assert found() == []


def test_lines_of_several_subjects_are_read_together_newest_first():
    first = history.record("one", "came", at=A_MOMENT, by=None)
    second = history.record("two", "asked", at=A_MOMENT + dt.timedelta(minutes=1), by=None)
    third = history.record("one", "left", at=A_MOMENT + dt.timedelta(minutes=2), by=None)
    write("never", subject="three")

    assert list(history.of("one", "two")) == [third, second, first]


def test_a_line_costs_the_same_however_long_the_chain_is():
    write("came")
    with CaptureQueriesContext(connection) as short:
        write("asked")
    write(*(f"line {number}" for number in range(50)))

    with CaptureQueriesContext(connection) as long:
        write("left")

    tables = [query["sql"].count("foundation_event") for query in long.captured_queries]
    assert len(long) == len(short)
    assert sum(tables) == 1


def test_a_chain_goes_on_after_its_words_were_erased():
    write("came")
    history.erase_text("a subject")

    write("left")

    assert history.of("a subject").first().text == "left!"
    assert found() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_unbroken_chain():
    def write_five() -> None:
        for number in range(5):
            history.record("a subject", f"line {number}", at=A_MOMENT, by=None)

    at_once([write_five] * 8)

    numbers = list(history.of("a subject").values_list("number", flat=True))
    assert numbers == list(range(40, 0, -1))
    assert found() == []
