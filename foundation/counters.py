"""Numbers without gaps: given out inside the transaction that uses them."""

from django.db import transaction

from foundation.models import Counter


@transaction.atomic
def next_number(name: str) -> int:
    """The next number of this name, from 1; a rolled-back transaction gives it back."""
    Counter.objects.get_or_create(name=name)
    counter = Counter.objects.select_for_update().get(name=name)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
