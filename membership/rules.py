"""The figures that eligibility is judged by: in force on a day, or a named version.

Drafts are never in force; they are reached by their name, to try them out.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation import history
from foundation.prepared import RowsOn
from membership.criteria import Rules
from membership.models import EligibilityRules, User

SUBJECT = "eligibility rules"
BEGUN = RowsOn(lambda on: EligibilityRules.objects.begun_by(on)[:1])


class UnknownRules(LookupError):
    """There is no such version; the text names those there are."""


class NotAdoptable(Exception):
    """The draft stays a draft; the text says why and what would help."""


def in_force(*, on: dt.date) -> Rules:
    """The rules of a day. Raises UnknownRules before the first version."""
    row = next(iter(BEGUN(on)), None)
    if row is None:
        raise UnknownRules(f"No rules were in force on {on:%d %B %Y}.")
    return of_row(row)


def named(version: str) -> Rules:
    """One version by its name, a draft too. Raises UnknownRules."""
    row = EligibilityRules.objects.filter(version=version).first()
    if row is None:
        known = ", ".join(EligibilityRules.objects.values_list("version", flat=True))
        raise UnknownRules(f"There are no rules “{version}”. There are: {known}.")
    return of_row(row)


@transaction.atomic
def adopt(
    *, rules_id: int, effective_from: dt.date, board_minute: str, by: User, at: dt.datetime
) -> EligibilityRules:
    """Put a draft into force from a day on, today at the earliest. Raises NotAdoptable.

    What was judged before keeps the version it was judged by.
    """
    row = EligibilityRules.objects.select_for_update().get(pk=rules_id)
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
    history.record(SUBJECT, "adopted eligibility rules", at=at, by=by, text=words)
    return row


def of_row(row: EligibilityRules) -> Rules:
    return Rules(
        version=row.version,
        months=row.months_required,
        hours=row.hours_required,
        referees=row.referees_required,
        dbs_flag_years=row.dbs_flag_years,
        low_hours_a_week=row.low_hours_per_week,
    )


def _save_as_the_only_one(row: EligibilityRules) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAdoptable(
            f"Other rules begin on {row.effective_from:%d %B %Y} already. Choose another day."
        ) from error
