"""Makes the person and the login of a row, and takes them away again; both inside a transaction."""

import datetime as dt

from allauth.account.models import EmailAddress

from foundation.nameless import nobodys_address
from membership.arrivals.reading import Member
from membership.models import ExpertiseAssignment, Person, Registration, User
from membership.models.expertise import VOCATIONAL


def make(member: Member, *, by: User, at: dt.datetime) -> Person:
    """Somebody who is here; their login is shut until their letter is written.

    They are in no directory: to be found there is their own act. Raises IntegrityError where
    somebody took the address meanwhile.
    """
    user = User.objects.create_user(member.email, None, joined_at=at, is_active=False)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    person = Person.objects.create(
        user=user,
        given_name=member.given_name,
        family_name=member.family_name,
        email=user.email,
        phone=member.phone,
        known_at=at,
        **member.home,
    )
    registration = _registration(person, member)
    ExpertiseAssignment.objects.bulk_create(
        ExpertiseAssignment(
            person=person,
            area_id=code,
            registration=None if code == VOCATIONAL else registration,
            assigned_by=by,
            assigned_at=at,
        )
        for code in member.areas
    )
    return person


def unmake(person: Person, *, keeps_row: bool) -> None:
    """As if they had never been here; where the ledger needs the row, it stays and names nobody."""
    ExpertiseAssignment.objects.filter(person=person).delete()
    Registration.objects.filter(person=person).delete()
    user = person.user
    if keeps_row:
        Person.objects.filter(pk=person.pk).update(
            user=None,
            given_name="",
            family_name="",
            email=nobodys_address(person.pk),
            phone="",
            address_line_1="",
            address_line_2="",
            town="",
            postcode="",
            country="",
        )
    else:
        person.delete()
    if user is not None:
        user.delete()


def _registration(person: Person, member: Member) -> Registration | None:
    """As it is stated: the office looks it up, and until then no clinical area counts."""
    told = member.registered
    if told is None:
        return None
    return Registration.objects.create(
        person=person, body=told.body, profession=told.profession, number=told.number
    )
