"""Who is here already, of the people of a file: asked of the tables lot by lot, never row by row.

By the same likenesses as `duplicates`: an address, a name and postcode, a registration number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from membership.arrivals.reading import Member
from membership.models import Membership, Person, Registration, User
from membership.models.likeness import Packed, packed, plain

Key = TypeVar("Key")
LOT = 400
"""So many are asked for at once: databases take only so many values in one question."""


@dataclass
class Known:
    """People by what they share with a row; logins of nobody yet stand for person 0."""

    by_email: dict[str, int] = field(default_factory=dict)
    by_number: dict[int, int] = field(default_factory=dict)
    by_registration: dict[tuple[str, str], int] = field(default_factory=dict)
    by_name: dict[tuple[str, str, str], int] = field(default_factory=dict)


def of(members: Sequence[Member]) -> Known:
    """Seven questions for every 400 members."""
    known = Known()
    for first in range(0, len(members), LOT):
        lot = members[first : first + LOT]
        known.by_email.update(_by_email(sorted({one.email for one in lot})))
        known.by_number.update(_by_number([one.number for one in lot if one.number]))
        known.by_registration.update(_by_registration(lot))
        known.by_name.update(_by_name(lot))
    return known


def registration_key(member: Member) -> tuple[str, str] | None:
    """Body and number as they are compared; none without a number."""
    registered = member.registered
    if registered is None or not registered.number:
        return None
    return registered.body, packed(registered.number)


def name_key(member: Member) -> tuple[str, str, str] | None:
    """Name and postcode as they are compared; none where one of them is missing."""
    parts = (member.given_name, member.family_name, packed(member.home["postcode"]))
    given, family, postcode = parts
    return (given.lower(), family.lower(), postcode) if all(parts) else None


def _by_email(emails: Sequence[str]) -> Iterator[tuple[str, int]]:
    addresses = EmailAddress.objects.alias(plain=Lower("email")).filter(plain__in=emails)
    logins = User.objects.alias(plain=Lower("email")).filter(plain__in=emails)
    at_work = Person.objects.exclude(work_email="").alias(plain=Lower("work_email"))
    at_home = Person.objects.alias(plain=Lower("email")).filter(plain__in=emails)
    rows = chain(
        addresses.values_list("email", "user__person"),
        logins.values_list("email", "person"),
        at_work.filter(plain__in=emails).values_list("work_email", "pk"),
        at_home.values_list("email", "pk"),
    )
    return ((email.lower(), pk or 0) for email, pk in rows)


def _by_number(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    return Membership.objects.filter(number__in=numbers).values_list("number", "person")


def _by_registration(lot: Iterable[Member]) -> Iterator[tuple[tuple[str, str], int]]:
    numbers = _each(lot, registration_key)
    rows = Registration.objects.order_by().alias(plain_number=Packed("number"))
    found = rows.filter(plain_number__in=sorted({number for _body, number in numbers}))
    return (
        ((body, packed(number)), pk)
        for body, number, pk in found.values_list("body", "number", "person")
        if (body, packed(number)) in numbers
    )


def _by_name(lot: Iterable[Member]) -> Iterator[tuple[tuple[str, str, str], int]]:
    keys = _each(lot, name_key)
    rows = Person.objects.order_by().annotate(
        plain_given=plain("given_name"),
        plain_family=plain("family_name"),
        plain_postcode=Packed("postcode"),
    )
    found = rows.filter(plain_postcode__in=sorted({postcode for *_names, postcode in keys}))
    for given, family, postcode, pk in found.values_list(
        "plain_given", "plain_family", "plain_postcode", "pk"
    ):
        if (given, family, postcode) in keys:
            yield (given, family, postcode), pk


def _each(lot: Iterable[Member], key: Callable[[Member], Key | None]) -> set[Key]:
    return {found for found in map(key, lot) if found is not None}
