"""The columns of a file of members: what each means, how else it may be headed, and an example."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foundation.sheets import Headings
from membership.registers import BODIES, PROFESSIONS
from membership.types import MembershipType


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it means, other headings of it, and cells to show it with."""

    name: str
    meaning: str
    examples: tuple[str, str, str]
    others: tuple[str, ...] = ()
    is_needed: bool = False


_TYPES = ", ".join(each.label for each in MembershipType)
_DAY = "Day first, like 31/03/2027, or 2027-03-31."

COLUMNS: tuple[Column, ...] = (
    Column(
        "first_name",
        "First name.",
        ("Ariadne", "Barnaby", "Cressida"),
        ("given_name", "forename", "firstname", "christian_name"),
        is_needed=True,
    ),
    Column(
        "last_name",
        "Surname.",
        ("Sampleton", "Fictionby", "Inventworth"),
        ("surname", "family_name", "lastname"),
        is_needed=True,
    ),
    Column(
        "email",
        "The member's own e-mail address: they sign in with it, and no two members share one.",
        ("ariadne@example.org", "barnaby@example.org", "cressida@example.org"),
        ("e_mail", "email_address", "e_mail_address"),
        is_needed=True,
    ),
    Column(
        "membership_type",
        f"One of: {_TYPES}.",
        ("Case Manager", "Associate", "Supporter"),
        ("type", "membership", "member_type", "class"),
        is_needed=True,
    ),
    Column(
        "paid_until",
        f"The last day that is paid for. {_DAY} Empty only for somebody who has never paid: they "
        "become a member once the fee of today has arrived.",
        ("31/03/2099", "30/09/2026", ""),
        ("end_of_paid_period", "expires", "expiry_date", "end_date", "renewal_date"),
        is_needed=True,
    ),
    Column(
        "amount_paid",
        "What was paid for that period, in pounds, like 120.00; 0 where nothing was asked.",
        ("120.00", "90.00", ""),
        ("amount", "paid", "fee", "fee_paid"),
        is_needed=True,
    ),
    Column(
        "paid_on",
        f"The day of that payment. {_DAY} Empty where nothing was asked.",
        ("28/03/2026", "01/10/2025", ""),
        ("payment_date", "date_paid"),
        is_needed=True,
    ),
    Column(
        "member_number",
        "The number held so far, like CM-0042 or 42: it is kept. Where it is empty, a new one is "
        "given.",
        ("9001", "", ""),
        ("number", "membership_number", "member_no", "membership_no"),
    ),
    Column(
        "joined_on",
        f"The day on which the membership first began. {_DAY} Empty where you do not know: then "
        "the first day of the paid period stands for it.",
        ("01/04/2019", "01/10/2025", ""),
        ("joined", "date_joined", "join_date", "member_since"),
    ),
    Column(
        "phone",
        "Telephone number. Format the column as text, or spreadsheets drop the first zero.",
        ("020 7946 0101", "", ""),
        ("telephone", "phone_number", "telephone_number", "mobile", "tel"),
    ),
    Column(
        "address_line_1",
        "Home address, first line.",
        ("1 Invented Street", "", ""),
        ("address", "address_1", "street"),
    ),
    Column("address_line_2", "Home address, second line.", ("", "", ""), ("address_2",)),
    Column("town", "Town or city.", ("Cardiff", "", ""), ("city", "town_or_city")),
    Column("postcode", "Home postcode.", ("CF14 4XW", "", ""), ("post_code", "home_postcode")),
    Column("country", "Empty for the United Kingdom.", ("", "", "")),
    Column(
        "profession",
        "The profession they are registered for, like Nurse or Occupational therapist. Empty for "
        "members without one.",
        ("Nurse", "Occupational therapist", ""),
    ),
    Column(
        "register",
        f"The regulator, as letters: {', '.join(BODIES)}. Needed only where a profession has "
        "several, as social workers have.",
        ("NMC", "", ""),
        ("regulator", "registered_with", "body"),
    ),
    Column(
        "registration_number",
        "Their number there. The office looks it up once they are in: until then no clinical area "
        "is shown.",
        ("12A3456E", "OT12345", ""),
        ("registration", "pin", "registration_no", "hcpc_number", "nmc_pin"),
    ),
    Column(
        "areas",
        "The codes of the areas of expertise that they hold, with a semicolon between them. "
        "Clinical ones need a registration.",
        ("brain_injury; vocational", "", ""),
        ("areas_of_expertise", "expertise"),
    ),
    Column(
        "another_person",
        "Empty. Enter yes only where the portal says that somebody of this name and postcode is "
        "here already, and you know that it is somebody else.",
        ("", "", ""),
    ),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
HEADINGS = Headings(
    {name: column.name for column in COLUMNS for name in (column.name, *column.others)},
    needed=tuple(column.name for column in COLUMNS if column.is_needed),
)


def _by_name(words: Mapping[str, str]) -> Mapping[str, str]:
    """Codes by themselves, and by their labels."""
    plain = {code: code for code in words}
    return plain | {label.lower().replace(" ", "_"): code for code, label in words.items()}


TYPES = _by_name({each.value: each.label for each in MembershipType})
PROFESSION_CODES = _by_name({code: each.label for code, each in PROFESSIONS.items()})
BODY_CODES = {code.lower(): code for code in BODIES} | {
    each.name.lower().replace(" ", "_"): code for code, each in BODIES.items()
}


def samples() -> Iterator[Sequence[str]]:
    """The rows of the sample file: people who plainly do not exist."""
    yield from zip(*(column.examples for column in COLUMNS), strict=True)
