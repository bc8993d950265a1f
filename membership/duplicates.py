"""Whether the society may know somebody already, under another login.

A likeness is a hint and no more: the office looks and decides, and on a public page nobody learns
whether an address or a number is known here.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower, Replace, Trim, Upper

from foundation.links import absolute
from membership import post
from membership.models import Person, Registration

LEFT_OUT_OF_NUMBERS = (" ", "-", ".", "/")


@dataclass(frozen=True)
class Likeness:
    """Another person who may be the same one, and what they share, in words."""

    person: Person
    why: tuple[str, ...]


def like(person: Person) -> list[Likeness]:
    """People who share an address, name and postcode, or a registration number. Three queries."""
    reasons: dict[Person, list[str]] = {}
    for words, found in (
        ("the same e-mail address", _same_address(person)),
        ("the same name and postcode", _same_name_and_postcode(person)),
        ("the same registration number", _same_registration(person)),
    ):
        for other in found:
            reasons.setdefault(other, []).append(words)
    known = sorted(reasons.items(), key=lambda item: item[0].pk)
    return [Likeness(other, tuple(why)) for other, why in known]


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
    return others.select_related("user")


def _same_address(person: Person) -> QuerySet[Person]:
    own = [one.casefold() for one in (person.email, person.work_email) if one]
    same = Q()
    for address in own:
        same |= Q(email__iexact=address) | Q(work_email__iexact=address)
        same |= Q(user__email__iexact=address)
    return _others(person).filter(same) if own else Person.objects.none()


def _same_name_and_postcode(person: Person) -> QuerySet[Person]:
    parts = (person.given_name.strip(), person.family_name.strip(), _packed(person.postcode))
    if not all(parts):
        return Person.objects.none()
    given, family, postcode = parts
    return (
        _others(person)
        .annotate(
            plain_given=Lower(Trim("given_name")),
            plain_family=Lower(Trim("family_name")),
            plain_postcode=_packing(F("postcode")),
        )
        .filter(plain_given=given.lower(), plain_family=family.lower(), plain_postcode=postcode)
    )


def _same_registration(person: Person) -> QuerySet[Person]:
    own = {(one.body, _packed(one.number)) for one in person.registrations.all() if one.number}
    same = Q()
    for body, number in sorted(own):
        same |= Q(body=body, plain_number=number)
    if not own:
        return Person.objects.none()
    rows = Registration.objects.annotate(plain_number=_packing(F("number"))).filter(same)
    return _others(person).filter(registrations__in=rows).distinct()


def _packed(text: str) -> str:
    """Capitals and figures alone: how a number or postcode is compared."""
    for sign in LEFT_OUT_OF_NUMBERS:
        text = text.replace(sign, "")
    return text.upper()


def _packing(column: Combinable) -> Combinable:
    """The same, done by the database."""
    for sign in LEFT_OUT_OF_NUMBERS:
        column = Replace(column, Value(sign), Value(""))
    return Upper(column, output_field=CharField())
