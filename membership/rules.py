"""The figures that eligibility is judged by: in force on a day, or a named version.

Drafts are never in force; they are reached by their name, to try them out.
"""

import datetime as dt

from foundation import dated_versions
from foundation.dated_versions import UnknownRules
from foundation.prepared import A_DAY, Rows
from membership.criteria import Rules
from membership.models import EligibilityRules, User

BEGUN = Rows(A_DAY, lambda on: EligibilityRules.objects.begun_by(on)[:1])


def in_force(*, on: dt.date) -> Rules:
    """The rules of a day. Raises UnknownRules before the first version."""
    return of_row(dated_versions.newest(BEGUN(on), on))


def named(version: str) -> Rules:
    """One version by its name, a draft too. Raises UnknownRules."""
    row = EligibilityRules.objects.filter(version=version).first()
    if row is None:
        known = ", ".join(EligibilityRules.objects.values_list("version", flat=True))
        raise UnknownRules(f"There are no rules “{version}”. There are: {known}.")
    return of_row(row)


def adopt(
    *, rules_id: int, effective_from: dt.date, board_minute: str, by: User, at: dt.datetime
) -> EligibilityRules:
    """Put a draft into force from a day on, today at the earliest. Raises NotAdoptable.

    What was judged before keeps the version it was judged by.
    """
    return dated_versions.adopt(
        EligibilityRules.objects.all(),
        rules_id,
        effective_from=effective_from,
        board_minute=board_minute,
        by=by,
        at=at,
    )


def of_row(row: EligibilityRules) -> Rules:
    return Rules(
        version=row.version,
        months=row.months_required,
        hours=row.hours_required,
        referees=row.referees_required,
        dbs_flag_years=row.dbs_flag_years,
        low_hours_a_week=row.low_hours_per_week,
    )
