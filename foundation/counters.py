"""Numbers without gaps: given out inside the transaction that uses them."""

from django.db import transaction

from foundation.models import Counter


def next_number(name: str) -> int:
    """The next number of this name, from 1; a rolled-back transaction gives it back."""
    return next_numbers(name, 1)[0]


@transaction.atomic
def next_numbers(name: str, how_many: int) -> range:
    """The same for so many at once."""
    Counter.objects.get_or_create(name=name)
    counter = Counter.objects.select_for_update().get(name=name)
    first = counter.last + 1
    counter.last += how_many
    counter.save(update_fields=["last"])
    return range(first, counter.last + 1)
