"""People who book without a login: the same one each time they give the same name and address."""

from dataclasses import dataclass

from membership.models import Person


@dataclass(frozen=True)
class Guest:
    """What somebody without a login tells us of themselves."""

    given_name: str
    family_name: str
    email: str


def person_of(guest: Guest) -> Person:
    """Never a member, and never anybody who signs in: an address alone proves nothing."""
    known = Person.objects.filter(
        user=None,
        membership=None,
        merged_into=None,
        died_on=None,
        email__iexact=guest.email,
        given_name__iexact=guest.given_name,
        family_name__iexact=guest.family_name,
    )
    found = known.order_by("pk").first()
    return found or Person.objects.create(
        given_name=guest.given_name, family_name=guest.family_name, email=guest.email.lower()
    )
