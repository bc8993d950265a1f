"""Any change of any column of the history is found and named, in the tables and in a file."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from foundation import anchors, history, seals
from foundation.models import AnchoredHead, Chain, Event
from tests.factories import A_MOMENT
from tests.foundation.tampering import tampered

pytestmark = pytest.mark.django_db

LINE = "UPDATE foundation_event SET {} = %s WHERE chain_id = 'one' AND number = 2"
CHAIN = "UPDATE foundation_chain SET {} = %s WHERE subject_key = 'one'"
HELD = "UPDATE foundation_anchoredhead SET {} = %s WHERE leaf = %s"
EMPTY = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {} CASCADE"
TEXTS = ("digest", "actor", "verb", "text", "salt", "text_digest", "previous")
PLACES = (0, 0.5, 1)


@pytest.fixture(autouse=True)
def two_nights():
    """Two chains with an anchor over both, a line more, and an anchor over that."""
    for subject in ("one", "two"):
        for minute, verb in enumerate(("came", "asked", "left")):
            at = A_MOMENT + dt.timedelta(minutes=minute)
            history.record(subject, verb, at=at, by=None, text=f"{verb} of {subject}\nquietly")
    anchors.anchor(at=A_MOMENT + dt.timedelta(hours=1))
    history.record("one", "wrote", at=A_MOMENT + dt.timedelta(hours=2), by=None)
    anchors.anchor(at=A_MOMENT + dt.timedelta(hours=3))


def found():
    return [(one.subject_key, one.number, one.words) for one in history.faults()]


def named():
    return {(subject, number) for subject, number, _words in found()}


def another(value, place):
    """The text with one letter changed."""
    place = round((len(value) - 1) * place)
    letter = "x" if value[place] != "x" else "y"
    return f"{value[:place]}{letter}{value[place + 1 :]}"


def second():
    return Event.objects.get(chain="one", number=2)


def test_an_untouched_history_has_no_faults():
    assert found() == []
    assert AnchoredHead.objects.count() == 3


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("column", TEXTS)
def test_one_changed_letter_of_a_line_is_named(column, place):
    value = another(getattr(second(), column), place)

    with tampered(LINE.format(column), value):
        assert ("one", 2) in named()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", 12),
        ("at", A_MOMENT + dt.timedelta(minutes=1, microseconds=1)),
        ("chain_id", "two"),
        ("text", ""),
        ("salt", ""),
    ],
)
def test_another_value_of_a_line_is_named(column, value):
    if column == "chain_id":  # its number is taken there
        value, number = "two", ", number = 9"
    else:
        number = ""

    with tampered(LINE.format(column).replace(" WHERE", f"{number} WHERE"), value):
        assert ("one", 2) in named()


@pytest.mark.parametrize("place", range(19))
def test_a_letter_of_a_moment_is_named_even_where_it_makes_no_moment(place):
    """SQLite keeps moments as text, and takes any."""
    raw = f"{second().at:%Y-%m-%d %H:%M:%S}"
    wrong = f"{raw[:place]}{'9' if raw[place] != '9' else '8'}{raw[place + 1 :]}"
    try:
        with tampered(LINE.format("at"), wrong):
            assert ("one", 2) in named()
    except DatabaseError:
        assert connection.vendor == "postgresql"


def test_words_moved_into_the_salt_are_named():
    line = second()
    first, rest = line.text.split("\n")
    change = "UPDATE foundation_event SET salt = %s, text = %s WHERE digest = %s"

    with tampered(change, f"{line.salt}"[:8] + first, rest, line.digest):
        assert found() == [("one", 2, "the text was changed")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_taken_out_is_named(number):
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'one' AND number = %s", number):
        assert ("one", number) in named()


def test_a_last_line_taken_away_is_found():
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'one' AND number = 4"):
        assert ("one", 4, "the end of the chain was changed") in found()


def test_a_last_line_taken_away_together_with_the_head_is_found_by_its_anchor():
    head = Event.objects.get(chain="one", number=3).digest
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'one' AND number = 4"):
        Chain.objects.filter(pk="one").update(length=3, head=head)

        assert found() == [("one", 4, "the line was anchored and is missing")]


def test_a_chain_written_anew_is_found_by_its_anchor():
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'two'"):
        Chain.objects.filter(pk="two").update(length=0, head="")
        for verb in ("came", "agreed", "left"):
            history.record("two", verb, at=A_MOMENT, by=None)

        assert found() == [("two", 3, "not the line that anchor 1 holds")]


def test_two_lines_that_changed_places_are_named():
    with tampered("UPDATE foundation_event SET number = 7 WHERE chain_id = 'one' AND number = 2"):
        Event.objects.filter(chain="one", number=3).update(number=2)
        Event.objects.filter(chain="one", number=7).update(number=3)

        assert {("one", 2), ("one", 3)} <= named()


def test_a_chain_emptied_of_all_its_lines_is_found():
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'two'"):
        assert ("two", 3, "the end of the chain was changed") in found()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("column", ["subject_key", "head"])
def test_one_changed_letter_of_a_chain_is_named(column, place):
    value = another(getattr(Chain.objects.get(pk="one"), column), place)

    with tampered(CHAIN.format(column), value):
        assert "one" in {subject for subject, _number in named()}


def test_another_length_of_a_chain_is_named():
    with tampered("UPDATE foundation_chain SET length = 3 WHERE subject_key = 'one'"):
        assert found() == [("one", 3, "the end of the chain was changed")]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("column", ["leaf", "digest"])
def test_one_changed_letter_of_an_anchored_head_is_named(column, place):
    held = AnchoredHead.objects.get(chain="two")
    change = HELD.format(column)

    with tampered(change, another(getattr(held, column), place), held.leaf):
        assert ("two", 3, "what anchor 1 holds of this line was changed") in found()


@pytest.mark.parametrize(
    ("column", "value"), [("anchor", 2), ("number", 2), ("chain_id", "anchors")]
)
def test_another_value_of_an_anchored_head_is_named(column, value):
    held = AnchoredHead.objects.get(chain="two")
    change = HELD.format(column)

    with tampered(change, value, held.leaf):
        assert any("what anchor" in words for _subject, _number, words in found())


def test_an_anchored_head_taken_out_is_found_by_its_anchor():
    with tampered("DELETE FROM foundation_anchoredhead WHERE chain_id = 'two'"):
        assert found() == [(seals.ANCHORS, 1, "the anchor does not fit what it holds")]


def test_an_anchor_taken_away_is_found():
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'anchors' AND number = 2"):
        assert (seals.ANCHORS, 2, "the end of the chain was changed") in found()


def test_an_anchor_taken_away_together_with_its_head_is_named_by_what_it_held():
    with tampered("DELETE FROM foundation_event WHERE chain_id = 'anchors' AND number = 2"):
        first = Event.objects.get(chain=seals.ANCHORS, number=1)
        Chain.objects.filter(pk=seals.ANCHORS).update(length=1, head=first.digest)

        assert found() == [(seals.ANCHORS, 2, "the anchor is missing")]


# The database refuses it in the first place ----------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        *(lambda c=column: Event.objects.update(**{c: "x"}) for column in TEXTS),
        lambda: Event.objects.filter(chain="one").update(number=99),
        lambda: Event.objects.update(at=A_MOMENT),
        lambda: Event.objects.update(chain="two"),
        lambda: Event.objects.update(text=""),
        lambda: Event.objects.update(salt=""),
        lambda: Event.objects.filter(chain="one").delete(),
        lambda: AnchoredHead.objects.update(number=1),
        lambda: AnchoredHead.objects.update(digest="x"),
        lambda: AnchoredHead.objects.all().delete(),
        lambda: Chain.objects.update(head="x"),
        lambda: Chain.objects.filter(pk="one").update(length=3),
        lambda: Chain.objects.filter(pk="one").update(length=6),
        lambda: Chain.objects.filter(pk="anchors").delete(),
    ],
)
def test_the_database_refuses_to_change_or_cut_the_history(change):
    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        change()

    assert found() == []


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["event", "chain", "anchoredhead"])
def test_the_database_refuses_to_empty_the_history(table):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTY.format(f"foundation_{table}"))


def test_erasing_words_with_their_salt_is_let_through_and_verifies():
    history.erase_text("one")

    assert second().text == ""
    assert found() == []
