"""Numbers without gaps, whoever asks and whatever is rolled back."""

import itertools

import pytest
from django.db import transaction

from foundation.counters import next_number
from foundation.models import Counter
from tests.races import at_once

pytestmark = pytest.mark.django_db


def test_numbers_run_from_one_under_each_name():
    members = [next_number("member") for _ in range(3)]
    invoices = [next_number("invoice") for _ in range(2)]

    assert (members, invoices) == ([1, 2, 3], [1, 2])


def test_a_number_that_was_rolled_back_is_given_out_again():
    next_number("member")
    with transaction.atomic():
        next_number("member")
        transaction.set_rollback(True)

    assert next_number("member") == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_gaps_or_doubles():
    def take_five() -> list[int]:
        return [next_number("member") for _ in range(5)]

    given = at_once([take_five] * 8)

    assert sorted(itertools.chain(*given)) == list(range(1, 41))
    assert Counter.objects.get(name="member").last == 40
