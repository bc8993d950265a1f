"""The figures that eligibility is judged by: in force on a day, or a named version."""

import datetime as dt

from membership.criteria import Rules
from membership.models import EligibilityRules


class UnknownRules(LookupError):
    """There is no such version; the text names those there are."""


def in_force(*, on: dt.date) -> Rules:
    """The rules of a day. Raises UnknownRules before the first version."""
    row = (
        EligibilityRules.objects.filter(effective_from__lte=on).order_by("-effective_from").first()
    )
    if row is None:
        raise UnknownRules(f"No rules were in force on {on:%d %B %Y}.")
    return _rules(row)


def named(version: str) -> Rules:
    """One version by its name. Raises UnknownRules."""
    row = EligibilityRules.objects.filter(version=version).first()
    if row is None:
        known = ", ".join(EligibilityRules.objects.values_list("version", flat=True))
        raise UnknownRules(f"There are no rules “{version}”. There are: {known}.")
    return _rules(row)


def _rules(row: EligibilityRules) -> Rules:
    return Rules(
        version=row.version,
        months=row.months_required,
        hours=row.hours_required,
        referees=row.referees_required,
        dbs_flag_years=row.dbs_flag_years,
        low_hours_a_week=row.low_hours_per_week,
    )
