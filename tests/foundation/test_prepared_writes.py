"""Rows written by statements that are built once are the rows that Django would have written."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from foundation.models import Chain, Letter
from foundation.prepared_writes import Inserts, Updates
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db
LETTERS = Inserts(Letter)
CHAINS = Inserts(Chain)
BEGUN = Inserts(Chain, ignoring=True)
MOVED = Inserts(Chain, moving=("length", "head"))
SENT = Updates(Letter, ("sent_at", "last_error"))


def columns(key, **more):
    told = {"kind": "test", "to": "a@example.org", "message_id": f"<{key}>", "queued_at": A_MOMENT}
    return {"key": key, **told, **more}


def chains():
    return list(Chain.objects.order_by("pk").values_list("pk", "length", "head"))


# More than SQLite takes in one statement, and few enough for one.
@pytest.mark.parametrize("how_many", [0, 1, 2, 58, 130])
def test_rows_are_those_that_django_writes(how_many):
    keys = [f"key {number:03d}" for number in range(how_many)]

    numbers = LETTERS([columns(key, sent_at=A_MOMENT, text="“Łukasz” %s") for key in keys])

    written = list(Letter.objects.order_by("key").values())
    Letter.objects.all().delete()
    for number, key in zip(numbers, keys, strict=True):
        Letter.objects.create(pk=number, **columns(key, sent_at=A_MOMENT, text="“Łukasz” %s"))
    assert written == list(Letter.objects.order_by("key").values())


def test_each_row_has_its_own_values():
    later = A_MOMENT + dt.timedelta(seconds=1)

    first, second = LETTERS([columns("a", sent_at=None), columns("b", sent_at=later, tries=2)])

    told = dict(Letter.objects.values_list("pk", "sent_at"))
    assert told == {first: None, second: later}
    assert list(Letter.objects.order_by("pk").values_list("tries", flat=True)) == [0, 2]


def test_one_that_the_database_refuses_takes_all_along():
    with pytest.raises(IntegrityError), transaction.atomic():
        LETTERS([columns(f"key {number % 100}") for number in range(101)])

    assert not Letter.objects.exists()


def test_a_column_that_is_none_is_refused():
    with pytest.raises(TypeError, match="No columns of Letter: subjet"):
        LETTERS([columns("a", subjet="Mistyped")])


def test_a_row_that_is_there_is_refused_left_or_moved():
    CHAINS([{"subject_key": "a"}])

    with pytest.raises(IntegrityError), transaction.atomic():
        CHAINS([{"subject_key": "a"}])
    BEGUN([{"subject_key": "a", "length": 7}, {"subject_key": "b"}])
    left = chains()
    MOVED([{"subject_key": "a", "length": 1, "head": "x"}, {"subject_key": "c", "head": "y"}])

    assert left == [("a", 0, ""), ("b", 0, "")]
    assert chains() == [("a", 1, "x"), ("b", 0, ""), ("c", 0, "y")]


def test_the_columns_that_are_named_are_written_and_no_other():
    LETTERS([columns("a"), columns("b")])
    letter = Letter.objects.get(key="a")
    letter.sent_at, letter.last_error, letter.subject = A_MOMENT, "none", "Not written"

    SENT(letter)

    told = Letter.objects.order_by("key").values_list("sent_at", "last_error", "subject")
    assert list(told) == [(A_MOMENT, "none", ""), (None, "", "")]


def test_a_row_that_is_gone_is_not_written_in_silence():
    [number] = LETTERS([columns("a")])
    letter = Letter.objects.get(pk=number)
    letter.delete()
    letter.pk = number

    with pytest.raises(DatabaseError, match="foundation_letter"), transaction.atomic():
        SENT(letter)
