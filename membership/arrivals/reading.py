"""Reads the rows of a file of members: what each tells, or what has to be mended in it first.

It asks no table: areas of expertise come as an argument, `clinical` by their code.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from foundation import sheets
from foundation.sheets import TOO_WIDE
from membership.arrivals import stated
from membership.arrivals.columns import HEADINGS, TYPES
from membership.arrivals.stated import Mend, Registered
from membership.types import MembershipType

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
YEARS_AHEAD = 3
MOST_PENCE = 1_000_000
YES = ("yes", "y", "true", "1")
MEMBER_NUMBER = re.compile(r"(?:CM[\s\-]*)?0*(\d{1,7})", re.IGNORECASE)
SUM = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?")


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Paid:
    """Until when somebody is paid, and by what: pence, and the day; no day where nothing was."""

    until: dt.date
    pence: int
    on: dt.date | None


@dataclass(frozen=True)
class Member:
    """Somebody whom the society had: what a row tells of them."""

    given_name: str
    family_name: str
    email: str
    phone: str
    home: Mapping[str, str]
    type: MembershipType
    paid: Paid | None = None
    number: int | None = None
    joined_on: dt.date | None = None
    registered: Registered | None = None
    areas: tuple[str, ...] = ()
    is_another_person: bool = False


def rows_of(content: bytes) -> list[Row]:
    """Every row of a file that is not empty. Raises FileRefused."""
    text = sheets.text_of(content, most_bytes=MOST_BYTES)
    return [Row(line, cells) for line, cells in sheets.rows(text, HEADINGS, most=MOST_ROWS)]


def read(
    row: Row, *, on: dt.date, clinical: Mapping[str, bool]
) -> tuple[Member | None, tuple[str, ...]]:
    """What a row tells as of a day; or nothing, and a sentence for each thing to mend."""
    mend = Mend(row.cells)
    if row.cells.get(TOO_WIDE):
        mend.say("The row has more cells than there are headings. Is there a stray comma?")
    kind = _type(mend)
    registered = stated.registration(mend)
    paid, number, joined_on = _held(mend, on)
    member = Member(
        given_name=mend.words("first_name", longest=80, missing="Enter the first name."),
        family_name=mend.words("last_name", longest=80, missing="Enter the surname."),
        email=stated.email(mend),
        phone=stated.phone(mend),
        home=stated.home(mend),
        type=kind or MembershipType.SUPPORTER,
        paid=paid,
        number=number,
        joined_on=joined_on,
        registered=registered,
        areas=stated.areas(mend, registered, clinical),
        is_another_person=mend.cell("another_person").lower() in YES,
    )
    return (None, tuple(mend.found)) if mend.found else (member, ())


def _type(mend: Mend) -> MembershipType | None:
    cell = re.sub(r"[\s\-]+", "_", mend.cell("membership_type").lower()).removesuffix("_member")
    if cell in TYPES:
        return MembershipType(TYPES[cell])
    known = ", ".join(each.label for each in MembershipType)
    mend.say(f"The membership type is none that we have: write one of {known}.")
    return None


def _held(mend: Mend, on: dt.date) -> tuple[Paid | None, int | None, dt.date | None]:
    """What was paid, the number held so far, and since when."""
    number, joined_on = _number(mend), _past(mend, "joined_on", on, "joined on")
    until = mend.day("paid_until")
    pence, paid_on = _pence(mend), _past(mend, "paid_on", on, "paid on")
    if until is None:
        if not mend.is_wrong("paid_until") and (number or joined_on or pence or paid_on):
            mend.say(
                "“Paid until” is empty, so this is somebody who has never been a member here: "
                "enter the last day that was paid for, or empty the member number, “joined on”, "
                "“amount paid” and “paid on”, too."
            )
        return None, None, None
    if until > on.replace(year=on.year + YEARS_AHEAD, day=min(on.day, 28)):
        mend.say(f"“Paid until” is more than {YEARS_AHEAD} years ahead. Is the year right?")
    if joined_on and joined_on > until:
        mend.say("“Joined on” is later than “paid until”. Put one of them right.")
    if pence is None and not mend.is_wrong("amount_paid"):
        mend.say("Enter what was paid for that period, in pounds; 0 where nothing was asked.")
    if pence and paid_on is None and not mend.is_wrong("paid_on"):
        mend.say("Enter the day on which it was paid.")
    return Paid(until, pence or 0, paid_on if pence else None), number, joined_on


def _past(mend: Mend, name: str, on: dt.date, words: str) -> dt.date | None:
    day = mend.day(name)
    if day is not None and day > on:
        mend.wrong(name, f"“{words.capitalize()}” is still to come. Is the year right?")
        return None
    return day


def _number(mend: Mend) -> int | None:
    cell = mend.cell("member_number")
    found = MEMBER_NUMBER.fullmatch(cell)
    if cell and (found is None or not int(found[1])):
        mend.say("The member number is none: write it like CM-0042 or 42.")
        return None
    return int(found[1]) if found else None


def _pence(mend: Mend) -> int | None:
    cell = mend.cell("amount_paid")
    if not cell:
        return None
    found = SUM.fullmatch(cell)
    if found is None:
        mend.wrong("amount_paid", "The amount paid is no sum in pounds: write it like 120.00.")
        return None
    pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    if pence > MOST_PENCE:
        mend.wrong("amount_paid", "The amount paid is over £10,000. Is it in pounds?")
    return pence
