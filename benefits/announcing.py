"""The only writer of announcements: planned, begun, written lot by lot, stopped, gone on with.

Who gets it is fixed when it begins, a row each. Rows are worked through in lots of their keys: a
lot's letters are queued in the transaction that marks its rows, so any number of workers may take
lots, and one that is killed leaves its lot for another. Before each letter consent and membership
are asked again. A worker asks for its next lot behind what waits by then, so that a receipt never
waits for all of an announcement.
"""

import datetime as dt
import itertools
import logging
from collections.abc import Iterable

from celery import current_app
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from benefits import composing, recipients
from benefits.models import Announcement, AnnouncementLot, Recipient
from foundation import history, letters
from foundation.models import Letter
from foundation.queueing import after_commit
from membership.models import Person, User

logger = logging.getLogger(__name__)

LOT = 100
"""Recipients in a lot: about a fifth of a second's work."""
AT_ONCE = 4
"""Lots that are asked for at once."""
SWEEP = "benefits.tasks.look_after_announcements"
QUIET = dt.timedelta(minutes=5)
"""Lots of which none was done for so long are handed out again: their messages may be lost."""
REFUSED = (DataError, IntegrityError)
"""What the database says of a row itself; a lock or a connection that is lost is tried again."""
State, Reason = Announcement.State, Recipient.Reason


class NotPossible(Exception):
    """That step makes no sense now; the text says why."""


@transaction.atomic
def plan(announcement_id: int, *, send_at: dt.datetime, by: User, at: dt.datetime) -> None:
    """Let it go at a time, at once if that is past. Raises NotPossible."""
    announcement = _locked(announcement_id)
    if announcement.state not in (State.DRAFT, State.PLANNED):
        raise NotPossible(f"“{announcement}” has been sent already, or is on its way.")
    if not recipients.of(announcement, on=timezone.localdate(at)).exists():
        raise NotPossible("It would go to nobody: no active member agreed to news like this.")
    announcement.state, announcement.send_at = State.PLANNED, max(send_at, at)
    announcement.save(update_fields=["state", "send_at"])
    when = timezone.localtime(announcement.send_at)
    _note(announcement, "planned", by=by, at=at, text=f"for {when:%-d %B %Y, %H:%M}")
    if announcement.send_at <= at:
        after_commit(SWEEP)


@transaction.atomic
def stop(announcement_id: int, *, by: User, at: dt.datetime) -> int:
    """Write no more of it, and take back what nobody took up; how many letters that were.

    Before it has begun it is a draft again. Raises NotPossible.
    """
    announcement = _locked(announcement_id)
    if announcement.state == State.PLANNED:
        announcement.state, announcement.send_at = State.DRAFT, None
        announcement.save(update_fields=["state", "send_at"])
        _note(announcement, "stopped before it began", by=by, at=at)
        return 0
    if announcement.state != State.SENDING:
        raise NotPossible(f"“{announcement}” is not being sent.")
    # Waits for lots in work: whoever looks for a lot from now on finds none.
    list(announcement.lots.select_for_update().order_by("first_id"))
    announcement.lots.filter(done_at=None).delete()
    announcement.state = State.STOPPED
    announcement.save(update_fields=["state"])
    taken_back = _take_back(announcement)
    _note(announcement, "stopped", by=by, at=at, text=f"{taken_back} letters taken back")
    return taken_back


def _take_back(announcement: Announcement) -> int:
    theirs = Recipient.objects.filter(announcement=announcement, state=Recipient.State.WRITTEN)
    found = letters.untouched(Letter.objects.filter(pk__in=theirs.values("letter")))
    Recipient.objects.filter(letter__in=found).update(
        letter=None, state=Recipient.State.WAITING, settled_at=None
    )
    letters.take_back(found)
    return len(found)


@transaction.atomic
def go_on(announcement_id: int, *, by: User, at: dt.datetime) -> None:
    """Write the rest of one that was stopped. Raises NotPossible."""
    announcement = _locked(announcement_id)
    if announcement.state != State.STOPPED:
        raise NotPossible(f"“{announcement}” was not stopped, so it need not be gone on with.")
    _cut_into_lots(announcement)
    announcement.state = State.SENDING
    announcement.save(update_fields=["state"])
    _note(announcement, "gone on with", by=by, at=at)
    after_commit(SWEEP)


def look_after(*, at: dt.datetime) -> int:
    """The sweep: begin what is due, and ask workers for lots; how many were asked for."""
    for announcement_id in Announcement.objects.due(at).values_list("pk", flat=True):
        begin(announcement_id, at=at)
    return sum(_hand_out(one, at=at) for one in Announcement.objects.under_way())


@transaction.atomic
def begin(announcement_id: int, *, at: dt.datetime) -> bool:
    """Fix who gets it, once, however many do this at once. Whether it was this call."""
    announcement = _locked(announcement_id)
    if announcement.state != State.PLANNED:
        return False
    people = recipients.of(announcement, on=timezone.localdate(at)).values_list("pk", flat=True)
    Recipient.objects.bulk_create(
        (Recipient(announcement=announcement, person_id=pk) for pk in people.iterator()),
        batch_size=1_000,
    )
    _cut_into_lots(announcement)
    announcement.state, announcement.started_at = State.SENDING, at
    announcement.save(update_fields=["state", "started_at"])
    return True


def _cut_into_lots(announcement: Announcement) -> None:
    waiting = announcement.recipients.filter(state=Recipient.State.WAITING).order_by("pk")
    keys = iter(waiting.values_list("pk", flat=True))
    lots = iter(lambda: list(itertools.islice(keys, LOT)), [])
    AnnouncementLot.objects.bulk_create(
        AnnouncementLot(announcement=announcement, first_id=lot[0], last_id=lot[-1]) for lot in lots
    )


def _hand_out(announcement: Announcement, *, at: dt.datetime) -> int:
    """Ask for a few lots, unless the workers are at it; each then asks for its next."""
    lots = announcement.lots.aggregate(
        to_do=Count("pk", filter=Q(done_at=None)), last=Max("done_at")
    )
    if not lots["to_do"]:
        finish(announcement.pk, at=at)
        return 0
    if lots["last"] is not None and at - lots["last"] < QUIET:
        return 0
    asked = min(int(lots["to_do"]), AT_ONCE)
    for _number in range(asked):
        ask_for_lot(announcement.pk)
    return asked


def ask_for_lot(announcement_id: int) -> None:
    """By name: the task calls this module, so this module cannot import the task."""
    current_app.send_task("benefits.tasks.write_a_lot", args=[announcement_id])


def write_a_lot(announcement_id: int, *, at: dt.datetime) -> int | None:
    """Write the next lot that nobody is at; how many letters, None if there is no lot."""
    written = _write_next(announcement_id, at=at)
    if written is None:
        finish(announcement_id, at=at)
    return written


@transaction.atomic
def finish(announcement_id: int, *, at: dt.datetime) -> None:
    """End one of which every lot is done."""
    announcement = _locked(announcement_id)
    if announcement.state != State.SENDING or announcement.lots.filter(done_at=None).exists():
        return
    announcement.state, announcement.finished_at = State.SENT, at
    announcement.save(update_fields=["state", "finished_at"])


@transaction.atomic
def _write_next(announcement_id: int, *, at: dt.datetime) -> int | None:
    to_do = AnnouncementLot.objects.filter(
        announcement=announcement_id, announcement__state=State.SENDING, done_at=None
    )
    lot = to_do.order_by("first_id").select_for_update(of=("self",), skip_locked=True).first()
    if lot is None:
        return None
    announcement = Announcement.objects.get(pk=announcement_id)
    waiting = Recipient.objects.filter(
        announcement=announcement,
        pk__range=(lot.first_id, lot.last_id),
        state=Recipient.State.WAITING,
    ).order_by("pk")
    written = _write(announcement, list(waiting.select_for_update(of=("self",))), at=at)
    lot.done_at = at
    lot.save(update_fields=["done_at"])
    return written


def _write(announcement: Announcement, rows: list[Recipient], *, at: dt.datetime) -> int:
    """Write to these rows, which are locked: together, or each by itself where one is refused.

    Whose letter the database refuses is left out, or its lot would be tried again for ever and
    hold up those behind it.
    """
    try:
        return _write_together(announcement, rows, at=at)
    except REFUSED:
        logger.warning("A lot of an announcement is written one by one", exc_info=True)
    return sum(_write_alone(announcement, one, at=at) for one in rows)


def _write_alone(announcement: Announcement, one: Recipient, *, at: dt.datetime) -> int:
    try:
        return _write_together(announcement, [one], at=at)
    except REFUSED:
        logger.exception("Recipient %s of an announcement gets no letter", one.pk)
    one.letter, one.settled_at = None, at
    one.state, one.reason = Recipient.State.LEFT_OUT, Reason.NOT_WRITTEN
    one.save()
    return 0


@transaction.atomic
def _write_together(announcement: Announcement, rows: list[Recipient], *, at: dt.datetime) -> int:
    """Queue the letters of these rows as far as consent and membership hold."""
    theirs = Person.objects.filter(pk__in=[one.person_id for one in rows])
    agreed = {one.pk: one for one in theirs & recipients.agreed(announcement)}
    on = timezone.localdate(at)
    members = theirs & recipients.members(announcement, on=on)
    active = set(members.values_list("pk", flat=True))
    going = [one for one in rows if one.person_id in agreed and one.person_id in active]
    drafts = composing.letters_of(announcement, [agreed[one.person_id] for one in going])
    queued = letters.queue_each("announcement", drafts, at=at)
    for one, letter_id in zip(going, queued, strict=True):
        one.letter_id, one.state = letter_id, Recipient.State.WRITTEN
    for one in _others(rows, going):
        one.state = Recipient.State.LEFT_OUT
        one.reason = Reason.NO_MEMBER if one.person_id in agreed else Reason.UNSUBSCRIBED
    for one in rows:
        one.settled_at = at
    Recipient.objects.bulk_update(rows, ["letter", "state", "reason", "settled_at"])
    return len(going)


def _others(rows: Iterable[Recipient], going: Iterable[Recipient]) -> list[Recipient]:
    keys = {one.pk for one in going}
    return [one for one in rows if one.pk not in keys]


def _locked(announcement_id: int) -> Announcement:
    return Announcement.objects.select_for_update(of=("self",)).get(pk=announcement_id)


def _note(
    announcement: Announcement, verb: str, *, by: User, at: dt.datetime, text: str = ""
) -> None:
    history.record(announcement.history_key, f"announcement {verb}", at=at, by=by, text=text)
