"""Dates every client record anew when other rules begin, and counts what a draft would move.

Both work through lots of keys, planned once and stored. A lot is done as a whole, in one
transaction that also marks it as done; so any number of workers may take lots, and one that is
killed leaves its lot for another.
"""

import datetime as dt
from collections import Counter

from celery import current_app
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from records import answer_rows, versions
from records.models import (
    ClientRecord,
    ClientRecordQuerySet,
    Redating,
    RedatingLot,
    RetentionRules,
)
from records.retention_moves import Tally, count, how_many

LOT_KEYS = 1_000
"""Keys in a lot: about half a second's work, and as much as is ever held in memory."""
QUIET = dt.timedelta(minutes=10)
"""Lots of which none was done for so long are handed out again: their messages may be lost."""


def look_after(*, at: dt.datetime) -> int:
    """The sweep: begin what is due and hand its lots to the workers; how many were handed out."""
    begin_due(on=timezone.localdate(at), at=at)
    return sum(_hand_out(one, at=at) for one in Redating.objects.under_way())


def begin_due(*, on: dt.date, at: dt.datetime) -> Redating:
    """The work on the rules in force, planned by now."""
    return begin(versions.row_in_force(on=on), on=on, at=at)


def begin(rules: RetentionRules, *, on: dt.date, at: dt.datetime) -> Redating:
    """The work on rules that are in force: its lots are planned once."""
    known = Redating.objects.filter(rules=rules, is_trial=False).first()
    return known or _begin(rules, is_trial=False, on=on, at=at)


def try_out(rules: RetentionRules, *, at: dt.datetime) -> Redating:
    """Count what these rules would move. Nothing of a record is written."""
    running = Redating.objects.under_way().filter(rules=rules, is_trial=True).first()
    if running is not None:
        return running
    begun = _begin(rules, is_trial=True, on=timezone.localdate(at), at=at)
    _hand_out(begun, at=at)
    return begun


def forget_trials(rules: RetentionRules) -> None:
    """What was counted by other figures says nothing about these."""
    rules.redatings.filter(is_trial=True).delete()


@transaction.atomic
def _begin(rules: RetentionRules, *, is_trial: bool, on: dt.date, at: dt.datetime) -> Redating:
    """Plan once, however many do it at once; other rules' dates are not worked on any longer."""
    RetentionRules.objects.select_for_update().get(pk=rules.pk)
    found, made = Redating.objects.get_or_create(
        rules=rules,
        is_trial=is_trial,
        **({"finished_at": None} if is_trial else {}),
        defaults={"judged_on": on, "started_at": at},
    )
    if made:
        if not is_trial:
            others = Redating.objects.under_way().filter(is_trial=False).exclude(pk=found.pk)
            others.update(finished_at=Greatest(F("started_at"), Value(at)))
        _plan(found, ClientRecord.objects.all())
    return found


def _plan(redating: Redating, records: ClientRecordQuerySet) -> int:
    """Cut the keys of these records into lots; how many. Later records are answered when added."""
    ends = records.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    firsts = range(ends["first"], ends["last"] + 1, LOT_KEYS)
    RedatingLot.objects.bulk_create(
        RedatingLot(redating=redating, first_id=first, last_id=first + LOT_KEYS - 1)
        for first in firsts
    )
    return len(firsts)


def _hand_out(redating: Redating, *, at: dt.datetime) -> int:
    """One message for every lot that is to be done, unless the workers are at it."""
    lots = redating.lots.aggregate(
        to_do=Count("pk", filter=Q(done_at=None)), last=Max("done_at"), done=Count("done_at")
    )
    if not lots["to_do"]:
        finish(redating.pk, at=at)
        return 0
    if lots["last"] is not None and at - lots["last"] < QUIET:
        return 0
    for _lot in range(lots["to_do"]):
        current_app.send_task("records.tasks.do_a_lot", args=[redating.pk])
    return int(lots["to_do"])


def work_off(redating: Redating, *, on: dt.date, at: dt.datetime) -> int:
    """Do every lot that nobody else is at, here and now; how many records were in them."""
    done = 0
    while (records := do_a_lot(redating.pk, on=on, at=at)) is not None:
        done += records
    return done


def do_a_lot(redating_id: int, *, on: dt.date, at: dt.datetime) -> int | None:
    """Do the next lot that nobody is at; how many records it had, None if there is no lot."""
    records = _finish_next(redating_id, on=on, at=at)
    if records is None:
        finish(redating_id, at=at)
    return records


@transaction.atomic
def finish(redating_id: int, *, at: dt.datetime) -> None:
    """End a redating of which every lot is done, unless a record slipped in by other rules."""
    ours = Redating.objects.under_way().filter(pk=redating_id).select_for_update(of=("self",))
    redating = ours.select_related("rules").first()
    if redating is None or redating.lots.filter(done_at=None).exists():
        return
    if not redating.is_trial and _plan(redating, _by_other_rules(redating)):
        return
    # Two runs at once have two clocks.
    redating.finished_at = max(at, redating.started_at)
    redating.save(update_fields=["finished_at"])


def _by_other_rules(redating: Redating) -> ClientRecordQuerySet:
    return ClientRecord.objects.exclude(rule_set=redating.rules.version)


@transaction.atomic
def _finish_next(redating_id: int, *, on: dt.date, at: dt.datetime) -> int | None:
    to_do = RedatingLot.objects.filter(
        redating=redating_id, redating__finished_at=None, done_at=None
    ).select_related("redating__rules")
    lot = to_do.order_by("first_id").select_for_update(of=("self",), skip_locked=True).first()
    if lot is None:
        return None
    tally = _go_through(lot, on=on)
    lot.tally, lot.done_at = dict(tally), at
    lot.save(update_fields=["tally", "done_at"])
    return how_many(tally)


def _go_through(lot: RedatingLot, *, on: dt.date) -> Tally:
    """Answer for each record of a lot; the answers are stored under lock, or only counted."""
    rules, is_trial = versions.of_row(lot.redating.rules), lot.redating.is_trial
    records = ClientRecord.objects.filter(pk__range=(lot.first_id, lot.last_id)).order_by("pk")
    if not is_trial:
        records = records.select_for_update(of=("self",))
    tally: Tally = Counter()
    answers = []
    for row in answer_rows.read(records):
        result, answer = answer_rows.judge(row, rules=rules, on=on)
        answers.append((row.pk, answer))
        after = (result.retain_until, result.status)
        count(tally, category=row.facts.category, before=(row.until, row.status), after=after)
    if not is_trial:
        answer_rows.write(answers)
    return tally
