"""Queries that are built once answer anew for each value that they are asked with."""

import datetime as dt

import pytest

from foundation import history
from foundation.models import Event, Letter
from foundation.prepared import A_DAY, A_NAME, A_NUMBER, LostBlank, Rows, as_moment
from foundation.prepared import A_MOMENT as MOMENT
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db
A_SECOND = dt.timedelta(seconds=1)
NAMED = Rows(A_NAME, lambda key: Letter.objects.filter(key=key).exclude(kind=""))
QUEUED = Rows(MOMENT, lambda at: Letter.objects.filter(queued_at__lte=at).order_by("queued_at")[:2])

NUMBERED = Rows(A_NUMBER, lambda pk: Letter.objects.filter(pk__gte=pk, pk__lte=pk))
LINES = Rows(A_NAME, lambda verb: Event.objects.select_related("chain").filter(verb=verb))
OF_A_DAY = Rows(A_DAY, lambda on: Letter.objects.filter(queued_at__date=on))


def make_letter(key, *, at=A_MOMENT):
    return Letter.objects.create(
        kind="test", key=key, to="a@example.org", message_id=f"<{key}>", queued_at=at
    )


def test_a_name_picks_its_own_row_and_no_other():
    first, second = make_letter("first"), make_letter("second")

    found = [NAMED(key) for key in ("first", "second", "third")]

    assert found == [[first], [second], []]


def test_a_name_is_asked_for_anew_each_time():
    before = NAMED("new")
    new = make_letter("new")

    assert (before, NAMED("new")) == ([], [new])


def test_a_number_stands_in_every_place_of_its_blank():
    first, second = make_letter("first"), make_letter("second")

    found = [NUMBERED(pk) for pk in (first.pk, second.pk, 0)]

    assert found == [[first], [second], []]


def test_what_a_row_stands_beside_is_read_with_it(django_assert_num_queries):
    for verb in ("made", "changed"):
        history.record("a subject", verb, at=A_MOMENT, by=None)
    LINES("made")

    with django_assert_num_queries(1):
        [second] = LINES("changed")

        assert (second.verb, second.chain.pk, second.chain.length) == ("changed", "a subject", 2)
    assert second == Event.objects.get(number=2)
    assert second.at == A_MOMENT


def test_one_row_is_found_or_missing_as_django_says_it():
    letter = make_letter("one")
    missing = letter.pk + 1

    found = NUMBERED.one(letter.pk)

    assert found == letter
    with pytest.raises(Letter.DoesNotExist):
        NUMBERED.one(missing)


def test_a_query_that_lost_its_blank_is_never_asked():
    never_negative = Rows(A_NUMBER, lambda tries: Letter.objects.exclude(tries=tries))

    with pytest.raises(LostBlank):
        never_negative(0)


def test_a_day_is_compared_as_a_day():
    letter = make_letter("one")

    found = [OF_A_DAY(A_MOMENT.date() + days * dt.timedelta(days=1)) for days in (-1, 0, 1)]

    assert found == [[], [letter], []]


def test_a_moment_is_compared_to_the_second():
    letter = make_letter("one")

    found = [QUEUED(at) for at in (A_MOMENT - A_SECOND, A_MOMENT, A_MOMENT + A_SECOND)]

    assert found == [[], [letter], [letter]]
    assert found[1][0].queued_at == A_MOMENT


def test_a_moment_of_plain_columns_is_the_same_on_either_database():
    written = A_MOMENT.astimezone(dt.UTC)

    assert as_moment(written) == A_MOMENT
    assert as_moment(written.replace(tzinfo=None).isoformat(" ")) == A_MOMENT
