"""Whether somebody of the office stands apart from the applicant whom they would decide about."""

from membership import cautions, independence
from membership.independence import Party
from membership.models import Application, Person, User


def why_not(application: Application, by: User) -> str:
    """Why this officer may not decide, in words for them; empty where they may. Five queries."""
    if application.person.user_id == by.pk:
        return independence.IS_APPLICANT
    return independence.conflict(
        _party(by),
        cautions.applicant_of(application),
        cautions.referees_of(application),
    )


def _party(user: User) -> Party:
    """Officers may be members: then their own details say whom they work for."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return Party(emails=(user.email,))
    own = cautions.party_of(person)
    return Party(emails=(user.email, *own.emails), phones=own.phones, employers=own.employers)
