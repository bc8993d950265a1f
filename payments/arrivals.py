"""Brings members in from a file of those whom the society had before the portal.

A file is kept until somebody confirms it; nothing else is written before. Then its rows are worked
through one by one, each in a transaction of its own: whoever takes the file up again after a crash
goes on where it stopped, and a row brings its person once.
"""

import datetime as dt
import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation import history
from foundation.counters import at_least
from foundation.dates import in_words
from membership import lifecycle
from membership.arrivals import making, welcome
from membership.arrivals.judging import Judged, Verdict, digest, judge
from membership.arrivals.reading import Member, Paid, Row, rows_of
from membership.lifecycle import HeldBefore
from membership.models import Arrival, ArrivalFile, FeeDue, Membership, Person, User
from payments import brought_forward

logger = logging.getLogger(__name__)

LOT = 25
AT_ONCE = 50
"""So many rows are brought in while the browser waits; more go to the worker."""

ANOTHER_TRY = dt.timedelta(minutes=10)
"""A worker that has brought nobody in for so long was killed."""

KEPT_FOR = dt.timedelta(days=30)
CAME_MEANWHILE = "Somebody took this e-mail address or member number meanwhile. Look at them again."
NAME_LETTERS = 120


class Overtaken(Exception):
    """The file would no longer do what was shown; look at it again."""

    def __init__(self) -> None:
        super().__init__("Something has changed since you looked. Please look at the file again.")


class NotDone(Exception):
    """What follows a file has to wait until it is done; the text says so."""


def keep(*, content: bytes, name: str, by: User, at: dt.datetime) -> ArrivalFile:
    """Keep the rows of a file until it is confirmed. Raises FileRefused."""
    rows = [[row.line, dict(row.cells)] for row in rows_of(content)]
    return ArrivalFile.objects.create(
        name=name[:NAME_LETTERS], rows=rows, sent_at=at, sent_by=by, moved_at=at
    )


def shown(file: ArrivalFile, *, on: dt.date) -> list[Judged]:
    """What would become of its rows today, in the order of the file."""
    return judge(_rows(file.rows), on=on)


@transaction.atomic
def confirm(file_id: int, *, seen: str, by: User, at: dt.datetime) -> ArrivalFile:
    """Have a file brought in; twice is once. Raises Overtaken where it would do something else."""
    file = ArrivalFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    if file.confirmed_at is not None:
        return file
    judged = shown(file, on=timezone.localdate(at))
    if digest(judged) != seen:
        raise Overtaken
    numbers = [one.member.number or 0 for one in judged if one.member is not None]
    at_least("member", max(numbers, default=0))
    file.confirmed_at, file.confirmed_by, file.moved_at = at, by, at
    file.save(update_fields=["confirmed_at", "confirmed_by", "moved_at"])
    return file


def is_at_work(file: ArrivalFile, *, at: dt.datetime) -> bool:
    """Whether somebody works on it; where nobody does, it can be taken up again."""
    is_open = file.confirmed_at is not None and file.done_at is None
    return is_open and file.moved_at is not None and file.moved_at > at - ANOTHER_TRY


def bring_in(file_id: int, *, at: dt.datetime) -> int:
    """Work through the rows of a confirmed file that are still to do; how many people came."""
    file = ArrivalFile.objects.select_related("confirmed_by").get(pk=file_id)
    by = file.confirmed_by
    if by is None or file.done_at is not None:
        return 0
    done = set(file.arrivals.values_list("line", flat=True))
    rows = [row for row in _rows(file.rows) if row.line not in done]
    came, left = 0, []
    for first in range(0, len(rows), LOT):
        for one in judge(rows[first : first + LOT], on=timezone.localdate(at)):
            is_in = one.member is not None and _one(file, one.line, one.member, by=by, at=at)
            came += is_in
            if not is_in:
                left.append(_left(one))
        ArrivalFile.objects.filter(pk=file.pk).update(moved_at=timezone.now())
    _finish(file, left, at=at)
    return came


def _left(one: Judged) -> list[object]:
    """A row whose person did not come, as it is kept until it is mended."""
    if one.member is None:
        return [one.line, dict(one.row.cells), one.verdict.value, one.words]
    return [one.line, dict(one.row.cells), Verdict.STAYS_OUT.value, CAME_MEANWHILE]


def stays_out(file: ArrivalFile) -> list[tuple[Row, Verdict, str]]:
    """The rows of a file that is done whose people did not come, and why."""
    if file.done_at is None:
        return []
    return [
        (Row(line, cells), Verdict(verdict), words) for line, cells, verdict, words in file.rows
    ]


def ask_for_letters(file_id: int, *, by: User, at: dt.datetime) -> int:
    """Let the letters go to those who came by a file; how many wait. Raises NotDone."""
    with transaction.atomic():
        file = ArrivalFile.objects.select_for_update(of=("self",)).get(pk=file_id)
        if file.done_at is None:
            raise NotDone("The letters go once everybody of the file is here.")
        if file.letters_at is None:
            file.letters_at = at
            file.save(update_fields=["letters_at"])
            history.record(_key(file), "asked for the letters", at=at, by=by)
        return file.arrivals.unwritten().count()


def write_letters(file_id: int, *, at: dt.datetime) -> int:
    """Write them, fifty in a transaction; each goes once. How many were written."""
    if not ArrivalFile.objects.filter(pk=file_id, letters_at__isnull=False).exists():
        return 0
    written = 0
    while some := welcome.write_some(file_id, at=at):
        written += some
    return written


def drop(file_id: int) -> bool:
    """Forget a file that was not confirmed; whether there was one."""
    deleted, _ = ArrivalFile.objects.filter(pk=file_id, confirmed_at=None).delete()
    return bool(deleted)


def look_after(*, at: dt.datetime) -> dict[str, int]:
    """The hourly sweep: forget what nobody confirmed, go on with what a killed worker left."""
    old = ArrivalFile.objects.filter(confirmed_at=None, sent_at__lt=at - KEPT_FOR)
    dropped, _ = old.delete()
    left = ArrivalFile.objects.filter(
        confirmed_at__isnull=False, done_at=None, moved_at__lt=at - ANOTHER_TRY
    )
    came = [bring_in(pk, at=at) for pk in left.values_list("pk", flat=True)]
    asked = ArrivalFile.objects.filter(letters_at__isnull=False, arrivals__written_at=None)
    written = [write_letters(pk, at=at) for pk in asked.distinct().values_list("pk", flat=True)]
    return {"dropped": dropped, "came": sum(came), "written": sum(written)}


def _one(file: ArrivalFile, line: int, member: Member, *, by: User, at: dt.datetime) -> bool:
    """One person: login, registration, membership, money; all or nothing."""
    try:
        with transaction.atomic():
            _make(file, line, member, by=by, at=at)
    except IntegrityError:
        logger.warning("Line %s of file %s of members brought nobody in", line, file.pk)
        return file.arrivals.filter(line=line).exists()
    return True


def _make(file: ArrivalFile, line: int, member: Member, *, by: User, at: dt.datetime) -> None:
    person = making.make(member, by=by, at=at)
    text = f"line {line} of {file.name}"
    history.record(
        person.history_key, "brought in from the society's earlier list", at=at, by=by, text=text
    )
    if member.paid is None:
        fee = lifecycle.owe(person, type=member.type, at=at)
    else:
        fee = _begin(person, member, member.paid, source=f"{file}, line {line}", by=by, at=at)
    Arrival.objects.create(file=file, line=line, person=person, fee=fee, came_at=at)


def _begin(
    person: Person, member: Member, paid: Paid, *, source: str, by: User, at: dt.datetime
) -> FeeDue:
    starts_on, ends_on = lifecycle.period_before(
        joined_on=member.joined_on,
        paid_until=paid.until,
        on=timezone.localdate(at),
        months=settings.MEMBERSHIP_MONTHS,
    )
    joined_on = member.joined_on or starts_on
    held = HeldBefore(member.type, starts_on, ends_on, joined_on, member.number)
    fee = lifecycle.fix_before(person, held, pence=paid.pence, at=at)
    if paid.on is None:
        lifecycle.begin_free(fee, held, by=by, at=at)
    else:
        brought_forward.book(fee, held, paid_on=paid.on, source=source, by=by, at=at)
    number = Membership.objects.get(person=person).written_number
    words = f"{number}, {member.type.label}, until {in_words(ends_on)}"
    history.record(person.history_key, "a member since before the portal", at=at, by=by, text=words)
    return fee


@transaction.atomic
def _finish(file: ArrivalFile, left: list[list[object]], *, at: dt.datetime) -> None:
    """Count, and keep the rows of those alone who did not come."""
    file = ArrivalFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.done_at is not None:
        return
    # Two workers may have gone through it side by side.
    came = set(file.arrivals.values_list("line", flat=True))
    file.rows, file.done_at = [row for row in left if row[0] not in came], at
    file.brought_in, file.left_out = len(came), len(file.rows)
    file.save(update_fields=["rows", "done_at", "brought_in", "left_out"])
    text = f"{file.brought_in} brought in, {file.left_out} left out"
    history.record(_key(file), "members brought in", at=at, by=file.confirmed_by, text=text)


def _rows(stored: Sequence[Sequence[object]]) -> list[Row]:
    return [Row(line, cells) for line, cells, *_why in stored]  # type: ignore[arg-type]


def _key(file: ArrivalFile) -> str:
    """What the history of a file is filed under."""
    return f"file of members {file.key}"
