"""Letters to those whose days of grace are over: by the hundred, and one by one who was busy."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import DatabaseError, transaction
from django.db.models import Exists, Max, OuterRef, Value
from django.db.models.functions import Coalesce

from foundation import history, letters
from foundation.letters import Written
from foundation.letters_alike import Alike
from foundation.links import absolute
from foundation.one_by_one import each
from membership.lifecycle.renewals import renewable_until
from membership.models import Arrival, FeeDue, Membership
from membership.models.people import history_key
from membership.models.standing import written_number

logger = logging.getLogger(__name__)

AT_ONCE = 100
VERB = "the membership lapsed"
KIND = "lapsed"
COLUMNS = (
    *("pk", "number", "suspended_at", "lapse_written_for"),
    *("person", "person__key", "person__given_name", "person__email"),
)


class _Member(NamedTuple):
    """What a lapse looks at and what its letter tells, read as plain columns."""

    pk: int
    number: int
    suspended_at: dt.datetime | None
    written_for: dt.date | None
    person_id: int
    key: uuid.UUID
    given_name: str
    email: str

    @property
    def history_key(self) -> str:
        return history_key(self.key)

    @property
    def written_number(self) -> str:
        return written_number(self.number)


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
    left = [pk for pk in lapsed if pk not in done]
    each(left, lambda pk: _write([pk], last_covered, at=at, waits=True))
    return len(lapsed)


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
    members = {one.history_key: one for one in _locked(ids, waits=waits)}
    ended = _ended(members.values())
    free = {head: members[head.subject_key] for head in history.lock_all(members, waits=waits)}
    over = {
        head: day
        for head, member in free.items()
        if (day := ended.get(member.person_id)) and _is_over(member, day, last_covered)
    }
    lapsing = [(free[head], day) for head, day in over.items()]
    for day in set(over.values()):
        told = [member.pk for member, ended_on in lapsing if ended_on == day]
        Membership.objects.filter(pk__in=told).update(lapse_written_for=day)
    letters.queue_unknown(KIND, _letters(lapsing), at=at)
    texts = {head: str(day) for head, day in over.items()}
    history.record_all(texts, VERB, at=at, by=None)
    return {member.pk for member in free.values()}


def _locked(ids: Sequence[int], *, waits: bool) -> list[_Member]:
    found = Membership.objects.select_for_update(of=("self",), skip_locked=not waits)
    columns = found.select_related("person").filter(pk__in=ids).order_by("pk").values_list(*COLUMNS)
    return [_Member(*told) for told in columns]


def _ended(members: Iterable[_Member]) -> dict[int, dt.date | None]:
    """The last day of each person's terms, read under their lock."""
    people = [one.person_id for one in members]
    fees = FeeDue.objects.filter(person__in=people).order_by().values_list("person")
    return dict(fees.annotate(last=Max("ends_on")))


def _is_over(member: _Member, ended_on: dt.date, last_covered: dt.date) -> bool:
    """Whether it is so still, and nobody has been told meanwhile."""
    told = member.written_for
    return ended_on <= last_covered and (told is None or told < ended_on)


def _letters(lapsing: Iterable[tuple[_Member, dt.date]]) -> Iterator[Written]:
    """Drawn once for each day and prospect; from letter to letter a name and a number differ."""
    drawn = lru_cache(_drawn)
    for member, ended_on in lapsing:
        letter = drawn(ended_on, may_renew=member.suspended_at is None)
        subject, text, html = letter.to(person=member, membership=member)
        key = f"{KIND}:{member.pk}:{ended_on}"
        yield Written(key, member.email, subject, text, html, subject_key=member.history_key)


def _drawn(ended_on: dt.date, *, may_renew: bool) -> Alike:
    context = {
        "ended_on": ended_on,
        "renewable_until": renewable_until(ended_on) if may_renew else None,
        "profile_url": absolute("/profile/"),
    }
    blanks = {"person": ["given_name"], "membership": ["written_number"]}
    return Alike(KIND, context, blanks)
