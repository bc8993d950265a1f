"""What would become of each row of a file of members, and why: worked out anew whenever asked."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from foundation.dates import in_words
from foundation.pence import pounds
from membership.arrivals import known
from membership.arrivals.known import Known, name_key, registration_key
from membership.arrivals.reading import Member, Row, read
from membership.models import ExpertiseArea, FeeRate
from membership.standing import money_day

LATER = "Mend it, and send the row again."
ALIKE = (
    "The same name and postcode. If it is somebody else, enter yes under another_person, and send "
    "the row again."
)


class Verdict(StrEnum):
    """What becomes of a row."""

    STAYS_OUT = "stays_out"
    LIKELY = "likely"
    HERE = "here"
    COMES = "comes"


TO_MEND = (Verdict.STAYS_OUT, Verdict.LIKELY)
"""Rows that the office can mend and send again."""


@dataclass(frozen=True)
class Judged:
    """A row and its verdict, in words; `known_as` is the person who is here already, or 0."""

    row: Row
    verdict: Verdict
    words: str
    member: Member | None = None
    known_as: int = 0

    @property
    def line(self) -> int:
        return self.row.line

    @property
    def name(self) -> str:
        """As the file has it, also where it cannot be read."""
        cells = self.row.cells
        return " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))

    @property
    def email(self) -> str:
        return self.row.cells.get("email", "")


def judge(rows: Sequence[Row], *, on: dt.date) -> list[Judged]:
    """Every row, in the order of the file. The number of queries grows by lots of rows alone."""
    clinical = dict(ExpertiseArea.objects.values_list("code", "is_clinical"))
    readings = [(row, *read(row, on=on, clinical=clinical)) for row in rows]
    here = known.of([member for _row, member, _wrong in readings if member is not None])
    judging = _Judging(here, FeeRate.objects.pence_by_type(on), on, money_day(on))
    return [judging.of(row, member, wrong) for row, member, wrong in readings]


def digest(judged: Iterable[Judged]) -> str:
    """Names what was shown: another one means that the file would do something else by now."""
    sha256 = hashlib.sha256()
    for one in judged:
        sha256.update(f"{one.line}\0{one.verdict}\0{one.words}\0".encode())
    return sha256.hexdigest()


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """How many rows of each verdict there are."""
    found = dict.fromkeys((verdict.value for verdict in Verdict), 0)
    for one in judged:
        found[one.verdict] += 1
    return found


class _Judging:
    """Rows after one another: each is held against who is here, and against the rows above it."""

    def __init__(self, here: Known, fees: Mapping[str, int], on: dt.date, day: dt.date) -> None:
        self._here, self._fees, self._on, self._day = here, fees, on, day
        self._above: dict[object, int] = {}

    def of(self, row: Row, member: Member | None, wrong: Sequence[str]) -> Judged:
        if member is None:
            return Judged(row, Verdict.STAYS_OUT, " ".join(wrong))
        pk, why = self._who_is_here(member)
        if pk is not None:
            return Judged(row, Verdict.HERE, why, known_as=pk)
        pk = self._who_is_alike(member)
        if pk is not None:
            return Judged(row, Verdict.LIKELY, ALIKE, known_as=pk)
        against = self._against(member) or self._said_above(member, row.line)
        if against:
            return Judged(row, Verdict.STAYS_OUT, against)
        return Judged(row, Verdict.COMES, self._in_short(member), member)

    def _who_is_here(self, member: Member) -> tuple[int | None, str]:
        """Somebody of whom we know that they are this person, and why."""
        pk = self._here.by_email.get(member.email)
        if pk is not None:
            return pk, "The same e-mail address."
        registration = registration_key(member)
        pk = self._here.by_registration.get(registration) if registration else None
        if pk is not None:
            return pk, "The same registration number."
        return None, ""

    def _who_is_alike(self, member: Member) -> int | None:
        """Somebody who may be this person: the office looks, and says so in the file."""
        name = name_key(member)
        return self._here.by_name.get(name) if name and not member.is_another_person else None

    def _against(self, member: Member) -> str:
        if member.number is not None and member.number in self._here.by_number:
            return (
                f"The member number CM-{member.number:04d} is somebody else's here. Put it right, "
                f"or leave it empty and a new one is given. {LATER}"
            )
        if member.paid is None and member.type not in self._fees:
            return (
                f"No fee is set for {member.type.label} membership, so nobody can be asked for it. "
                "Set it under “Fee rates” first."
            )
        return ""

    def _said_above(self, member: Member, line: int) -> str:
        """Two rows of one file are not one person: which of them is right is for the office."""
        keys = {
            ("email", member.email): "e-mail address",
            ("number", member.number or -line): "member number",
            ("registration", registration_key(member) or line): "registration number",
        }
        for key, words in keys.items():
            if key in self._above:
                return f"Line {self._above[key]} has the same {words}. Keep one of them. {LATER}"
        self._above.update(dict.fromkeys(keys, line))
        return ""

    def _in_short(self, member: Member) -> str:
        """What they will be here, and by what money."""
        if member.paid is None:
            fee = pounds(self._fees[member.type])
            return f"{member.type.label}: becomes a member once the fee of {fee} has arrived."
        number = f"member CM-{member.number:04d}" if member.number else "a new member number"
        paid = member.paid
        money = "nothing was asked"
        if paid.on is not None:
            money = f"{pounds(paid.pence)} taken on {in_words(paid.on)}"
        return f"{member.type.label}, {number}: {self._stands(paid.until)}; {money}."

    def _stands(self, until: dt.date) -> str:
        if until >= self._day:
            return f"active until {in_words(until)}"
        if until + dt.timedelta(days=settings.GRACE_DAYS) >= self._day:
            return f"in grace, ended on {in_words(until)}"
        return f"lapsed, ended on {in_words(until)}"
