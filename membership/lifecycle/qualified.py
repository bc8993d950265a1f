"""Tells Associates, once, that they have the experience that Case Manager membership asks for."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.links import absolute
from foundation.one_by_one import each
from membership import facts, post, rules, standing
from membership.criteria import Rules
from membership.experience import Experience, count
from membership.models import Application, Membership, Person
from membership.types import MembershipType


def tell_qualified(*, at: dt.datetime) -> int:
    """The nightly sweep; how many were told. Each is a transaction of its own; twice is once."""
    on = timezone.localdate(at)
    figures = rules.in_force(on=on)
    found = [(one, count(facts.jobs_of(one.employments.all()), on=on)) for one in _of(on)]
    ready = [(one, done) for one, done in found if is_enough(done, figures)]
    return sum(each(ready, lambda one: _tell(*one, figures, at=at)))


def is_enough(experience: Experience, figures: Rules) -> bool:
    """Either is enough (CMSUK FAQ: 24 months or 2,500 hours)."""
    return experience.months >= figures.months or experience.hours >= figures.hours


def _of(on: dt.date) -> QuerySet[Person]:
    """Active Associates who were not told and have not asked for anything themselves."""
    associates = standing.active(on, type=MembershipType.ASSOCIATE)
    untold = associates.filter(membership__qualified_told_on=None)
    asking = Application.objects.open().values("person")
    return untold.exclude(pk__in=asking).prefetch_related("employments").order_by("pk")


@transaction.atomic
def _tell(person: Person, experience: Experience, figures: Rules, *, at: dt.datetime) -> bool:
    membership = Membership.objects.select_for_update().get(person=person)
    if membership.qualified_told_on is not None:
        return False
    membership.qualified_told_on = timezone.localdate(at)
    membership.save(update_fields=["qualified_told_on"])
    post.tell(
        person,
        "may_upgrade",
        key=f"may_upgrade:{membership.pk}",
        at=at,
        experience=experience,
        rules=figures,
        upgrade_url=absolute("/apply/upgrade/"),
    )
    post.note(person, "told that an upgrade is open", at=at, by=None)
    return True
