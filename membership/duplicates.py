"""Whether the society may know somebody already, under another login.

A likeness is a hint and no more: the office looks and decides, and on a public page nobody learns
whether an address or a number is known here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models.functions import Lower

from foundation.links import absolute
from membership import post
from membership.models import Person, Registration, User
from membership.models.likeness import Packed, packed, plain

WHY = (
    "the same e-mail address",
    "the same name and postcode",
    "the same registration number",
)
Pks = QuerySet[Any, tuple[int]]


@dataclass(frozen=True)
class Likeness:
    """Another person who may be the same one, and what they share, in words."""

    person: Person
    why: tuple[str, ...]


def like(person: Person) -> list[Likeness]:
    """People who share an address, name and postcode, or a registration number.

    Three queries; two where nobody does.
    """
    reasons: dict[int, set[int]] = {}
    for pk, reason in _shared(person):
        reasons.setdefault(pk, set()).add(reason)
    others = _others(person).filter(pk__in=reasons) if set(reasons) - {person.pk} else ()
    return [
        Likeness(one, tuple(WHY[reason] for reason in sorted(reasons[one.pk]))) for one in others
    ]


def hint(person: Person, *, at: dt.datetime) -> int:
    """Write to the older logins that may be this person's; how many letters there are.

    The letter goes to the address that we know, never to the one that has just been typed. It
    says nothing of the new account, so it tells a stranger nothing; each pair gets one.
    """
    older = [one.person for one in like(person) if one.person.user and one.person.pk < person.pk]
    for other in older:
        post.tell(
            other,
            "second_account",
            key=f"second_account:{other.pk}:{person.pk}",
            at=at,
            login_url=absolute("/accounts/login/"),
        )
    return len(older)


def _others(person: Person) -> QuerySet[Person]:
    """Everybody else, without those who were merged with this person before."""
    others = Person.objects.exclude(pk=person.pk).filter(
        Q(merged_into=None) | ~Q(merged_into=person.pk)
    )
    if person.merged_into_id is not None:
        others = others.exclude(pk=person.merged_into_id)
    return others.select_related("user").order_by("pk")


def _shared(person: Person) -> Iterable[tuple[int, int]]:
    """Whoever shares something, themselves as well, with the place of the reason among WHY.

    Each is a search of its own in an index: asked with OR, the database reads everybody.
    """
    searches = (
        *((0, people) for people in _at_address(person)),
        (1, _of_name_and_postcode(person)),
        (2, _registered(person)),
    )
    first, *others = (
        people.annotate(reason=Value(place, IntegerField())) for place, people in searches
    )
    found: Iterable[tuple[int, int]] = first.union(*others)
    return found


def _at_address(person: Person) -> tuple[Pks, ...]:
    own = [Lower(Value(one)) for one in (person.email, person.work_email) if one]
    logins = User.objects.alias(plain=Lower("email")).filter(plain__in=own)
    alike = (
        Person.objects.alias(plain=Lower("email")).filter(plain__in=own),
        Person.objects.alias(plain=Lower("work_email")).filter(~Q(work_email=""), plain__in=own),
        Person.objects.filter(user__in=logins),
    )
    return tuple(people.values_list("pk") for people in alike)


def _of_name_and_postcode(person: Person) -> Pks:
    parts = (person.given_name.strip(), person.family_name.strip(), packed(person.postcode))
    if not all(parts):
        return Person.objects.none().values_list("pk")
    given, family, postcode = parts
    alike = Person.objects.alias(
        plain_given=plain("given_name"),
        plain_family=plain("family_name"),
        plain_postcode=Packed("postcode"),
    )
    return alike.filter(
        plain_given=given.lower(), plain_family=family.lower(), plain_postcode=postcode
    ).values_list("pk")


def _registered(person: Person) -> Pks:
    own = {(one.body, packed(one.number)) for one in person.registrations.all() if one.number}
    same = Q(pk__in=())
    for body, number in sorted(own):
        same |= Q(body=body, plain_number=number)
    rows = Registration.objects.order_by().alias(plain_number=Packed("number"))
    return rows.filter(same).values_list("person")
