"""Who is written to about a register of client records: its owner, then who is named in it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from membership.models import Person
from records.models import NamedMember, Register

REGISTER_OF_RECORD = "register"
REGISTER_OF_REVIEW = "record__register"
"""The way from a record, and from what hangs on one, to its register."""


def who_can_be_written_to(people: Iterable[int]) -> QuerySet[Person]:
    """Those of these people who have an address, and live."""
    found = Person.objects.filter(pk__in=list(people), died_on=None)
    return found.exclude(email="").order_by("pk")


def owner(register: Register) -> QuerySet[Person]:
    """Whose register it is, if they can be written to."""
    return who_can_be_written_to([register.owner_id])


def named(register: Register) -> QuerySet[Person]:
    """Who else works in a register: told when its owner does not act."""
    people = NamedMember.objects.in_force().filter(register=register)
    return who_can_be_written_to(people.values_list("person_id", flat=True))
