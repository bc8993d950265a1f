"""The rules that client records are kept by: in force on a day, or a named version.

Drafts are never in force; they are reached by their name, to try them out.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from foundation import dated_versions
from foundation.prepared import A_DAY, Rows
from foundation.queueing import after_commit
from membership.models import User
from records.models import RetentionRules
from records.retention_rules import RULE_SETS, RuleSet, rule_set

BEGUN = Rows(A_DAY, lambda on: RetentionRules.objects.begun_by(on)[:1])


def row_in_force(*, on: dt.date) -> RetentionRules:
    """The version of a day. Raises UnknownRules before the first."""
    return dated_versions.newest(BEGUN(on), on)


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
    row = dated_versions.adopt(
        RetentionRules.objects.all(),
        rules_id,
        effective_from=effective_from,
        board_minute=board_minute,
        by=by,
        at=at,
    )
    after_commit("records.tasks.look_after_dates")
    return row
