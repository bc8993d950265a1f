"""Numbers without gaps: given out inside the transaction that uses them."""

from django.db import transaction

from foundation.models import Counter


def next_number(name: str) -> int:
    """The next number of this name, from 1; a rolled-back transaction gives it back."""
    return next_numbers(name, 1)[0]


@transaction.atomic(savepoint=False)
def next_numbers(name: str, how_many: int) -> range:
    """The same for so many at once."""
    counter = _locked(name)
    first = counter.last + 1
    counter.last += how_many
    counter.save(update_fields=["last"])
    return range(first, counter.last + 1)


def _locked(name: str) -> Counter:
    """Under its lock, begun where there is none."""
    locked = Counter.objects.select_for_update().filter(name=name)
    found = locked.first()
    if found is None:
        Counter.objects.bulk_create([Counter(name=name)], ignore_conflicts=True)
        found = locked.get()
    return found
