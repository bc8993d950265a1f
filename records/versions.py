"""The rules that client records are kept by: in force on a day, or a named version.

Drafts are never in force; they are reached by their name, to try them out.
"""

import datetime as dt
from collections.abc import Mapping

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation import history
from foundation.dates import in_words
from foundation.prepared import RowsOn
from membership.models import User
from records.models import RetentionRules
from records.retention_rules import RULE_SETS, RuleSet, rule_set

SUBJECT = "retention rules"
BEGUN = RowsOn(lambda on: RetentionRules.objects.begun_by(on)[:1])


class UnknownRules(LookupError):
    """There is no such version; the text says so."""


class NotAdoptable(Exception):
    """The draft stays a draft; the text says why and what would help."""


def row_in_force(*, on: dt.date) -> RetentionRules:
    """The version of a day. Raises UnknownRules before the first."""
    row = next(iter(BEGUN(on)), None)
    if row is None:
        raise UnknownRules(f"No rules were in force on {in_words(on)}.")
    return row


def in_force(*, on: dt.date) -> RuleSet:
    """The rules of a day. Raises UnknownRules before the first version."""
    return of_row(row_in_force(on=on))


def readings(*, on: dt.date) -> Mapping[str, RuleSet]:
    """Both readings: first the one in force with its figures, then the other as published."""
    rules = in_force(on=on)
    return {rules.code: rules} | {
        code: published for code, published in RULE_SETS.items() if code != rules.code
    }


def adopted() -> Mapping[str, RuleSet]:
    """Every version that was ever adopted, by its name."""
    return {row.version: of_row(row) for row in RetentionRules.objects.adopted()}


def of_row(row: RetentionRules) -> RuleSet:
    return rule_set(
        row.reading,
        row.figures,
        version=row.version,
        effective_from=row.effective_from,
        resolved_by=row.board_minute,
    )


@transaction.atomic
def adopt(
    *, rules_id: int, effective_from: dt.date, board_minute: str, by: User, at: dt.datetime
) -> RetentionRules:
    """Put a draft into force from a day on, today at the earliest. Raises NotAdoptable.

    On that day the workers answer anew for every record; see `redating`.
    """
    row = RetentionRules.objects.select_for_update().get(pk=rules_id)
    if not row.is_draft:
        raise NotAdoptable(f"The rules {row} have been adopted before, by: {row.board_minute}.")
    if not board_minute.strip():
        raise NotAdoptable("Give the board minute that adopts these rules.")
    if effective_from < timezone.localdate(at):
        raise NotAdoptable("Rules cannot begin in the past: choose today or a later day.")
    row.effective_from, row.board_minute = effective_from, board_minute.strip()
    row.adopted_at, row.adopted_by = at, by
    _save_as_the_only_one(row)
    words = f"{row} from {effective_from}. {row.board_minute}"
    history.record(SUBJECT, "adopted retention rules", at=at, by=by, text=words)
    # By name, as letters are handed over: the task calls what stands on this module.
    transaction.on_commit(
        lambda: current_app.send_task("records.tasks.look_after_dates"), robust=True
    )
    return row


def _save_as_the_only_one(row: RetentionRules) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAdoptable(
            f"Other rules begin on {in_words(row.effective_from)} already. Choose another day."
            if row.effective_from
            else "Choose the day on which the rules begin."
        ) from error
