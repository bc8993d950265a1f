"""A made-up file of members from before the portal: looked at, and not confirmed yet."""

import datetime as dt

from django.utils import timezone

from foundation.spreadsheets import lines
from membership.models import Person, User
from payments import arrivals

HEAD = (
    *("First name", "Surname", "E-mail", "Membership type", "Member no", "Joined", "Paid until"),
    *("Amount paid", "Paid on", "Postcode", "Profession", "Registration number", "Areas"),
)
A_YEAR = dt.timedelta(days=365)
NURSE = ("Nurse", "12A3456E", "brain_injury; vocational")


def keep(known: Person, *, by: User, at: dt.datetime) -> None:
    """Four people to bring in, one who is here already, and two rows to mend."""
    today = timezone.localdate(at)
    on, soon, over = (
        f"{day:%d/%m/%Y}" for day in (today - A_YEAR / 2, today + A_YEAR / 2, today - A_YEAR / 4)
    )
    paid, lapsed = (soon, "120.00", on), (over, "90.00", f"{today - A_YEAR * 1.25:%d/%m/%Y}")
    rows = (
        _row("Ariadne", "Sampleton", "Case Manager", "9001", "01/04/2019", *paid, *NURSE),
        _row("Barnaby", "Fictionby", "Associate", "9002", "", *paid),
        _row("Cressida", "Inventworth", "Supporter", "9003", "", *lapsed),
        _row("Dorian", "Madeupham", "Supporter", "", "", "", "", ""),
        _row(known.given_name, known.family_name, "Case Manager", "", "", *paid, email=known.email),
        _row("Esmeralda", "Nosuch", "Fellow", "9004", "", *paid),
        _row("Florian", "Imaginary", "Case Manager", "9005", "", "31/02/2027", "120.00", ""),
    )
    content = "".join(lines(HEAD, rows)).encode()
    arrivals.keep(content=content, name="members-until-now.csv", by=by, at=at)


def _row(
    given: str, family: str, type: str, number: str, joined: str, *rest: str, email: str = ""
) -> list[str]:
    until, pence, on, *registered = (*rest, "", "", "")[:6]
    address = email or f"{given.lower()}@example.org"
    paid = (until, pence, on)
    return [given, family, address, type, number, joined, *paid, "", *registered]
