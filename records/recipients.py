"""Who is written to about a register of client records: its owner, then who is named in it."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from membership.models import Person

OF_RECORD = "owner"
OF_REVIEW = "record__owner"
"""The way from a record, and from what hangs on one, to the owner of its register."""


def who_can_be_written_to(people: Iterable[int]) -> QuerySet[Person]:
    """Those of these people who have an address, and live."""
    found = Person.objects.filter(pk__in=list(people), died_on=None)
    return found.exclude(email="").order_by("pk")


def named(owner: Person) -> Sequence[Person]:
    """Who else is named in the register of an owner: told when the owner does not act."""
    return ()
