"""What the office should know of an application before it decides: likenesses, and ties."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from membership import duplicates, independence
from membership.duplicates import Likeness
from membership.independence import Fellow, Named, Party
from membership.models import Application, Person, Referee

A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Cautions:
    """For templates/admin/membership/application/cautions.html."""

    likenesses: list[Likeness]
    ties: tuple[independence.Tie, ...]

    def __bool__(self) -> bool:
        return bool(self.likenesses or self.ties)


def of(application: Application) -> Cautions:
    """In a fixed number of queries, whoever else applied."""
    named = list(application.referees.named().order_by("position", "pk"))
    ties = independence.ties(
        applicant_of(application), [_named(one) for one in named], _fellows(application, named)
    )
    return Cautions(likenesses=duplicates.like(application.person), ties=ties)


def applicant_of(application: Application) -> Party:
    return party_of(application.person)


def referees_of(application: Application) -> list[Named]:
    return [_named(one) for one in application.referees.named().order_by("position", "pk")]


def party_of(person: Person) -> Party:
    """Somebody's addresses and whom they work for today."""
    jobs = person.employments.filter(ended_on=None).values_list("employer", flat=True)
    return Party(
        emails=(person.email, person.work_email),
        phones=(str(person.phone), str(person.work_phone)),
        employers=(person.work_organisation, *jobs),
    )


def _named(referee: Referee) -> Named:
    return Named(
        position=referee.position,
        name=referee.name,
        is_professional=referee.kind == Referee.Kind.PROFESSIONAL,
        party=Party(
            emails=(referee.email,), phones=(referee.phone,), employers=(referee.organisation,)
        ),
    )


def _fellows(application: Application, named: list[Referee]) -> list[Fellow]:
    """Those among the referees who sent an application of their own within a week of this one."""
    sent_at = application.submitted_at
    if sent_at is None or not named:
        return []
    same = Q()
    for referee in named:
        same |= Q(person__email__iexact=referee.email) | Q(person__work_email__iexact=referee.email)
    others = (
        Application.objects.filter(
            same, submitted_at__gte=sent_at - A_WEEK, submitted_at__lte=sent_at + A_WEEK
        )
        .exclude(person=application.person)
        .select_related("person")
        .prefetch_related("referees")
    )
    return [_fellow(other) for other in others.order_by("pk")]


def _fellow(other: Application) -> Fellow:
    referees = [one.email for one in other.referees.all() if one.replaced_at is None]
    emails = (other.person.email, other.person.work_email)
    return Fellow(party=Party(emails=emails), named_emails=tuple(referees))
