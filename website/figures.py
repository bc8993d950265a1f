"""The figures that a text may name in {braces}: what each stands for, and its value on a day."""

import datetime as dt
from dataclasses import asdict, fields

from django.conf import settings

from foundation import writing
from foundation.dates import in_years, nth
from foundation.pence import price
from foundation.prepared import A_DAY, Rows
from membership import rules
from membership.models import FeeRate
from membership.types import MembershipType
from records import policy, versions
from records.retention_rules import Figures

# The society's own words; only the apostrophe of “individual's” is mended.
DEFINITION = (
    "Case Management is a collaborative process which: assesses, plans, implements, "
    "co-ordinates, monitors and evaluates the options and services required to meet an "
    "individual's health, social care, educational and employment needs, using communication "
    "and available resources to promote quality cost effective outcomes."
)
NO_FEE = "an amount that we tell you"
AN_HOUR = 60 * 60
OF_THE_SOCIETY = ("definition", "email")
OF_ELIGIBILITY = ("months", "hours", "referees", "dbs_years")
OF_FEES = tuple(f"fee:{one.value}" for one in MembershipType)
OF_RETENTION = tuple(field.name for field in fields(Figures))
OF_THE_PORTAL = ("callback_months", "enquiry_months", "grace_days", "link_hours", "term_months")
NAMES = (*OF_THE_SOCIETY, *OF_ELIGIBILITY, *OF_FEES, *OF_RETENTION, *OF_THE_PORTAL)
RATES = Rows(A_DAY, lambda on: FeeRate.objects.filter(valid_from__lte=on).order_by("valid_from"))


def known(on: dt.date) -> dict[str, str]:
    """Every figure with its value on a day. Three queries."""
    return {
        "definition": f"“{DEFINITION}”",
        # Between angle brackets it becomes a link.
        "email": f"<{settings.SOCIETY['email']}>",
        **_of_eligibility(on),
        **_of_fees(on),
        **_of_retention(on),
        **_of_the_portal(),
    }


def unknown(text: str) -> list[str]:
    """Names in braces that we have no figure for."""
    return [name for name in writing.figures_in(text) if name not in NAMES]


def refusal(text: str) -> str:
    """What to tell whoever names a figure that there is not; nothing where all is well."""
    missing = unknown(text)
    if not missing:
        return ""
    there_are = ", ".join(f"{{{name}}}" for name in NAMES)
    return f"There is no figure {{{missing[0]}}}. There are: {there_are}."


def fees(on: dt.date) -> dict[str, str]:
    """What each type costs a year on a day, as people write it: “£20”. One query."""
    return {rate.type: price(rate.pence) for rate in RATES(on)}


def _of_eligibility(on: dt.date) -> dict[str, str]:
    now = rules.in_force(on=on)
    return {
        "months": str(now.months),
        "hours": f"{now.hours:,}",
        "referees": str(now.referees),
        "dbs_years": str(now.dbs_flag_years),
    }


def _of_fees(on: dt.date) -> dict[str, str]:
    known = fees(on)
    return {f"fee:{one.value}": known.get(one, NO_FEE) for one in MembershipType}


def _of_retention(on: dt.date) -> dict[str, str]:
    """How long client records are kept: "8 years", and birthdays as "25th"."""
    kept = asdict(versions.row_in_force(on=on).figures)
    return {name: _kept(name, figure) for name, figure in kept.items()}


def _kept(name: str, figure: int) -> str:
    return in_years(figure) if name.endswith("_years") else nth(figure)


def _of_the_portal() -> dict[str, str]:
    periods = policy.in_force().periods
    return {
        "callback_months": str(periods["callback"].months),
        "enquiry_months": str(periods["enquiry"].months),
        "grace_days": str(settings.GRACE_DAYS),
        "link_hours": str(settings.PASSWORD_RESET_TIMEOUT // AN_HOUR),
        "term_months": str(settings.MEMBERSHIP_MONTHS),
    }
