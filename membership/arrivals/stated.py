"""Cell by cell: what a row of a file of members states, and the sentence where it cannot be so."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from foundation import sheets
from membership import registers
from membership.arrivals.columns import BODY_CODES, PROFESSION_CODES
from membership.models.people import tidy_postcode
from membership.registers import BODIES, PROFESSIONS, BodyKind

UK = ("", "uk", "united_kingdom", "gb", "great_britain", "england", "scotland", "wales")
AS_TEXT = re.compile(r'="([^"]*)"')
"""How some programs keep a zero at the front: a formula that is nothing but a text."""
FORMULA = "Column {}: it is a formula. Copy the column and paste it as values."
BROKEN = "Column {}: the spreadsheet shows an error there. Put it right, and save the file again."
BROKEN_CELLS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
LENGTHS = {"address_line_1": 120, "address_line_2": 120, "town": 80, "country": 60}


@dataclass(frozen=True)
class Registered:
    """A registration as it is stated: nobody has looked it up yet."""

    body: str
    profession: str
    number: str


class Mend:
    """A row while it is read, and the sentences that say what has to be mended in it."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.found: list[str] = []
        self._wrong: set[str] = set()

    def say(self, words: str) -> None:
        self.found.append(words)

    def wrong(self, name: str, words: str) -> None:
        """The same of one column, so that nobody is told of it twice."""
        if name not in self._wrong:
            self._wrong.add(name)
            self.say(words)

    def is_wrong(self, name: str) -> bool:
        return name in self._wrong

    def cell(self, name: str) -> str:
        """What stands there; nothing for a formula or an error, of which it is told."""
        cell = self.cells.get(name, "").strip()
        text = AS_TEXT.fullmatch(cell)
        if text:
            return text[1].strip()
        if cell.startswith("="):
            self.wrong(name, FORMULA.format(name))
            return ""
        if cell.upper() in BROKEN_CELLS:
            self.wrong(name, BROKEN.format(name))
            return ""
        return cell

    def words(self, name: str, *, longest: int, missing: str = "") -> str:
        cell = " ".join(self.cell(name).split())
        if missing and not cell and not self.is_wrong(name):
            self.wrong(name, missing)
        if len(cell) > longest:
            self.wrong(name, f"Column {name}: it has more than {longest} letters. Shorten it.")
        if "\0" in cell:
            self.wrong(name, f"Column {name}: it has a sign that is no letter. Type it anew.")
        return cell

    def day(self, name: str) -> dt.date | None:
        cell = self.cell(name)
        if not cell:
            return None
        try:
            return dt.date.fromisoformat(sheets.iso_day(cell))
        except ValueError as error:
            why = str(error) if str(error).startswith(("it is", "write")) else "it is no day"
            self.wrong(name, f"Column {name}: {why}. Write it like 31/03/2027.")
            return None


def email(mend: Mend) -> str:
    cell = mend.words("email", longest=254, missing="Enter the e-mail address: they sign in by it.")
    cell = cell.lower().removeprefix("mailto:")
    if cell and not mend.is_wrong("email"):
        try:
            validate_email(cell)
        except ValidationError:
            mend.wrong("email", "The e-mail address is not one such as name@example.org.")
    return cell


def phone(mend: Mend) -> str:
    """In the form of E.164; a number without its country is of the United Kingdom."""
    cell = mend.cell("phone")
    if not cell:
        return ""
    for typed in (cell, f"0{cell}"):  # spreadsheets drop the zero at the front
        try:
            number = phonenumbers.parse(typed, "GB")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    mend.wrong("phone", "The telephone number is none: write it like 020 7946 0101, or leave it.")
    return ""


def home(mend: Mend) -> dict[str, str]:
    """The columns of a person's address."""
    found = {name: mend.words(name, longest=longest) for name, longest in LENGTHS.items()}
    postcode = mend.words("postcode", longest=12).upper()
    country = re.sub(r"[\s\-]+", "_", found["country"].lower())
    if country in UK:
        found["country"] = "United Kingdom"
        try:
            postcode = tidy_postcode(postcode) if postcode else ""
        except ValidationError:
            mend.wrong("postcode", "The postcode is no British one: write it like CF14 4XW.")
    return {**found, "postcode": postcode}


def registration(mend: Mend) -> Registered | None:
    """Profession, regulator and number; the regulator follows where there is only one."""
    profession = _code(mend, "profession", PROFESSION_CODES, "write it like Nurse, or leave it")
    body = _code(mend, "register", BODY_CODES, "write its letters, like NMC or HCPC, or leave it")
    typed = mend.words("registration_number", longest=40)
    bodies = PROFESSIONS[profession].bodies if profession else ()
    if not typed and not body:
        return None
    if not body and len(bodies) == 1:
        [body] = bodies
    if not body:
        mend.wrong("register", "Enter the register that this number is of, like NMC or HCPC.")
        return None
    found = BODIES[body]
    if profession and bodies and body not in bodies:
        mend.wrong("register", registers.mismatch_words(found, profession))
    problem = registers.check_number(found, typed, profession)
    if problem is not None and problem.blocks:
        mend.wrong("registration_number", problem.words)
    number = registers.normalise_number(typed)
    if len(number) > 20:
        mend.wrong("registration_number", "The registration number is too long to be one.")
    return Registered(body, profession, number)


def areas(
    mend: Mend, registered: Registered | None, clinical: Mapping[str, bool]
) -> tuple[str, ...]:
    """The codes of areas of expertise. A clinical one needs a registration with a regulator."""
    typed = [one.strip().lower() for one in re.split(r"[;,|]", mend.cell("areas"))]
    codes = tuple(dict.fromkeys(re.sub(r"[\s\-]+", "_", one) for one in typed if one))
    unknown = [code for code in codes if code not in clinical]
    if unknown:
        mend.wrong("areas", f"There is no area of expertise with the code {unknown[0][:40]}.")
        return ()
    is_regulated = registered is not None and BODIES[registered.body].kind is BodyKind.STATUTORY
    if any(clinical[code] for code in codes) and not is_regulated and not mend.found:
        mend.wrong(
            "areas",
            "A clinical area of expertise needs a registration with a regulator: enter the "
            "profession and the number, or take the area out.",
        )
    return codes


def _code(mend: Mend, name: str, known: Mapping[str, str], how: str) -> str:
    cell = re.sub(r"[\s\-]+", "_", mend.cell(name).lower())
    if cell and cell not in known:
        mend.wrong(name, f"Column {name}: we do not know this one; {how}.")
    return known.get(cell, "")
