"""Fills the figures of the rules in force into the answers, and splits answers into paragraphs."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from foundation.dates import in_years, nth
from foundation.pence import pounds
from membership import rules
from membership.models import FeeRate
from membership.types import MembershipType
from records import versions

# The society's own words; only the apostrophe of “individual's” is mended.
DEFINITION = (
    "Case Management is a collaborative process which: assesses, plans, implements, "
    "co-ordinates, monitors and evaluates the options and services required to meet an "
    "individual's health, social care, educational and employment needs, using communication "
    "and available resources to promote quality cost effective outcomes."
)
YEARS = (
    "adult_years",
    "mental_health_years",
    "mental_health_death_years",
    "mental_health_death_code_years",
    "death_years",
    "knowledge_years",
)
BIRTHDAYS = ("child_age", "child_of_17_age", "knowledge_age")
FIGURES = (
    "definition",
    "email",
    "hours",
    "months",
    "overseas_fee",
    "referees",
    *YEARS,
    *BIRTHDAYS,
)
_FIGURE = re.compile(r"\{([a-z0-9_]+)\}")
_BULLET = "- "


@dataclass(frozen=True)
class Block:
    """One paragraph, or the lines of one list."""

    text: str = ""
    items: tuple[str, ...] = ()


def figures(on: dt.date) -> dict[str, str]:
    """What may stand in braces in an answer, and its value on a day. Three queries."""
    now = rules.in_force(on=on)
    fee = FeeRate.objects.in_force(type=MembershipType.OVERSEAS, on=on)
    return {
        "definition": f"“{DEFINITION}”",
        "email": str(settings.SOCIETY["email"]),
        "hours": f"{now.hours:,}",
        "months": str(now.months),
        "overseas_fee": pounds(fee.pence).removesuffix(".00") if fee else "the fee of that year",
        "referees": str(now.referees),
        **_periods(on),
    }


def _periods(on: dt.date) -> dict[str, str]:
    """How long client records are kept: "8 years", and birthdays as "25th"."""
    kept = versions.row_in_force(on=on).figures
    return {
        **{name: in_years(getattr(kept, name)) for name in YEARS},
        **{name: nth(getattr(kept, name)) for name in BIRTHDAYS},
    }


def unknown_figures(text: str) -> list[str]:
    """Names in braces that we have no figure for."""
    return [name for name in _FIGURE.findall(text) if name not in FIGURES]


def blocks(text: str, known: Mapping[str, str]) -> list[Block]:
    """An answer as paragraphs and lists, with its figures."""
    filled = _FIGURE.sub(lambda match: known.get(match[1], match[0]), text)
    parts = re.split(r"\n\s*\n", filled.replace("\r\n", "\n").strip())
    return [_block(part) for part in parts if part.strip()]


def _block(part: str) -> Block:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    if all(line.startswith(_BULLET) for line in lines):
        return Block(items=tuple(line.removeprefix(_BULLET) for line in lines))
    return Block(text=" ".join(lines))
