"""Insurance and DBS checks by their dates: told by members, seen by the office, watched at night.

A new date is never taken for seen. Who practises has both (CMSUK: before you apply); for who does
not practise nothing is watched.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation import history
from foundation.dates import add_months, in_words
from foundation.one_by_one import each
from membership import standing, watch
from membership.models import Application, Assurance, Person, User
from membership.types import FACTS

Kind = Assurance.Kind
PRACTISING = [kind.value for kind, facts in FACTS.items() if facts.practising]


@transaction.atomic
def tell(
    person: Person, *, kind: str, dated_on: dt.date, by: User | None, at: dt.datetime
) -> Assurance:
    """Keep the last day of the insurance, or the day of the DBS check; another date is unseen."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found = Assurance.objects.filter(person=person, kind=kind).first()
    if found is not None and found.dated_on == dated_on:
        return found
    told = found or Assurance(person=person, kind=kind)
    told.dated_on, told.told_at = dated_on, at
    told.checked_on = told.checked_by = None
    told.save()
    words = f"{told.get_kind_display()}: {in_words(dated_on)}"
    history.record(person.history_key, "told a date", at=at, by=by, text=words)
    return told


def tell_from(application: Application, *, at: dt.datetime) -> None:
    """What an application says of both dates, where it is newer than what is known."""
    stated = {Kind.DBS: application.dbs_on, Kind.INDEMNITY: application.indemnity_ends_on}
    if not any(stated.values()):
        return
    known = dict(application.person.assurances.values_list("kind", "dated_on"))
    for kind, day in stated.items():
        if day is not None and day > known.get(kind, dt.date.min):
            tell(application.person, kind=kind, dated_on=day, by=None, at=at)


@transaction.atomic
def check(*, assurance_id: int, by: User, on: dt.date, at: dt.datetime) -> Assurance:
    """The office has seen what shows this date; twice is once."""
    seen = Assurance.objects.select_for_update().get(pk=assurance_id)
    if seen.checked_on is not None:
        return seen
    seen.checked_on, seen.checked_by = on, by
    seen.save()
    words = f"{seen.get_kind_display()}: {in_words(seen.dated_on)}"
    history.record(seen.person.history_key, "saw a date", at=at, by=by, text=words)
    return seen


def over(on: dt.date) -> QuerySet[Assurance]:
    """Of practising members: insurance that has ended, DBS checks that are too old."""
    return _watched(on).filter(_good_until_before(on)).order_by("dated_on", "pk")


def unseen(on: dt.date) -> QuerySet[Assurance]:
    """Of practising members: insurance that runs, and that nobody of the office has seen.

    Of a DBS check there is nothing to see: the office neither asks for a certificate nor looks.
    """
    waiting = _watched(on).filter(kind=Kind.INDEMNITY, checked_on=None, dated_on__gte=on)
    return waiting.order_by("told_at", "pk")


def watch_assurances(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep. Each letter is a transaction of its own; twice is once."""
    on = timezone.localdate(at)
    near = _watched(on).filter(_good_until_before(on + dt.timedelta(days=max(watch.STEPS) + 1)))
    found = list(near.order_by("pk"))
    told = each(found, lambda one: watch.remind(_ending(one), on=on, at=at))
    return {"members_told": told.count("member"), "office_told": told.count("office")}


def _watched(on: dt.date) -> QuerySet[Assurance]:
    members = standing.active(on, types=PRACTISING)
    return Assurance.objects.filter(person__in=members).select_related("person")


def _good_until_before(day: dt.date) -> Q:
    """Rows whose last good day lies before a day: the same as `Assurance.good_until`, in SQL."""
    months = settings.DBS_RECHECK_MONTHS
    newest = add_months(day, -months)
    if add_months(newest, months) > day:  # 29 February less three years is no day
        newest -= dt.timedelta(days=1)
    return Q(kind=Kind.INDEMNITY, dated_on__lt=day) | Q(kind=Kind.DBS, dated_on__lte=newest)


def _ending(assurance: Assurance) -> watch.Ending:
    is_dbs = assurance.kind == Kind.DBS
    return watch.Ending(
        person=assurance.person,
        stem=f"assurance:{assurance.pk}",
        noun="DBS check" if is_dbs else "insurance",
        ends_on=assurance.good_until,
        to_member="assurance_ends",
        to_office="office_assurance_over",
        context={
            "is_dbs": is_dbs,
            "dated_on": assurance.dated_on,
            "months": settings.DBS_RECHECK_MONTHS,
        },
    )
