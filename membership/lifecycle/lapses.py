"""Letters to those whose days of grace are over: by the hundred, and one by one who was busy."""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence

from django.db import DatabaseError, transaction
from django.db.models import Exists, Max, OuterRef, Value
from django.db.models.functions import Coalesce

from foundation import history, letters
from foundation.letters import Wanted
from foundation.links import absolute
from membership import post
from membership.lifecycle.renewals import renewable_until
from membership.models import Arrival, FeeDue, Membership

logger = logging.getLogger(__name__)

AT_ONCE = 100
VERB = "the membership lapsed"


def write(last_covered: dt.date, *, at: dt.datetime) -> int:
    """To every member whose last day and grace are over; how many there were.

    A hundred are one transaction. Whoever is locked by somebody else, or stands beside a row that
    the database refuses, comes afterwards in a transaction of their own. What is refused then is
    raised when all others were written to.
    """
    lapsed = _lapsed(last_covered)
    done: set[int] = set()
    for first in range(0, len(lapsed), AT_ONCE):
        try:
            done |= _write(lapsed[first : first + AT_ONCE], last_covered, at=at, waits=False)
        except DatabaseError:
            logger.warning("Some memberships lapse one by one", exc_info=True)
    _write_one_by_one([pk for pk in lapsed if pk not in done], last_covered, at=at)
    return len(lapsed)


def _write_one_by_one(ids: Sequence[int], last_covered: dt.date, *, at: dt.datetime) -> None:
    refused = []
    for membership_id in ids:
        try:
            _write([membership_id], last_covered, at=at, waits=True)
        except DatabaseError as error:
            logger.warning("Membership %s did not lapse", membership_id)
            refused.append(error)
    if refused:
        raise refused[0]


def _lapsed(last_covered: dt.date) -> list[int]:
    """Members whose last day and grace are over, and who were not told so for that day."""
    told_for = Coalesce(OuterRef("lapse_written_for"), Value(dt.date.min))
    fees = FeeDue.objects.filter(person=OuterRef("person"), cancelled_at=None)
    unwritten = Arrival.objects.unwritten().filter(person=OuterRef("person"))
    found = Membership.objects.filter(
        ~Exists(unwritten),
        Exists(fees.filter(ends_on__lte=last_covered, ends_on__gt=told_for)),
        ~Exists(fees.filter(ends_on__gt=last_covered)),
        resigned_on=None,
        person__died_on=None,
    )
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _write(ids: Sequence[int], last_covered: dt.date, *, at: dt.datetime, waits: bool) -> set[int]:
    """Membership first, its person's history after it; which ones were not busy."""
    by_key = {one.person.history_key: one for one in _locked(ids, waits=waits)}
    ended, free = _ended(by_key), history.lock_all(by_key, waits=waits)
    lapsing = {
        key: day
        for key in sorted(free)
        if (day := ended.get(by_key[key].person_id)) and _is_over(by_key[key], day, last_covered)
    }
    for day in set(lapsing.values()):
        told = [by_key[key].pk for key, ended_on in lapsing.items() if ended_on == day]
        Membership.objects.filter(pk__in=told).update(lapse_written_for=day)
    letters.queue_all((_letter(by_key[key], day) for key, day in lapsing.items()), at=at)
    texts = {key: str(day) for key, day in lapsing.items()}
    history.record_all(texts, VERB, at=at, by=None)
    return {by_key[key].pk for key in free}


def _locked(ids: Sequence[int], *, waits: bool) -> list[Membership]:
    found = Membership.objects.select_for_update(of=("self",), skip_locked=not waits)
    return list(found.select_related("person").filter(pk__in=ids).order_by("pk"))


def _ended(memberships: Mapping[str, Membership]) -> dict[int, dt.date | None]:
    """The last day of each person's terms, read under their lock."""
    people = [one.person_id for one in memberships.values()]
    fees = FeeDue.objects.filter(person__in=people).order_by().values_list("person")
    return dict(fees.annotate(last=Max("ends_on")))


def _is_over(membership: Membership, ended_on: dt.date, last_covered: dt.date) -> bool:
    """Whether it is so still, and nobody has been told meanwhile."""
    told = membership.lapse_written_for
    return ended_on <= last_covered and (told is None or told < ended_on)


def _letter(membership: Membership, ended_on: dt.date) -> Wanted:
    return post.letter_to(
        membership.person,
        "lapsed",
        key=f"lapsed:{membership.pk}:{ended_on}",
        membership=membership,
        ended_on=ended_on,
        renewable_until=None if membership.suspended_at else renewable_until(ended_on),
        profile_url=absolute("/profile/"),
    )
