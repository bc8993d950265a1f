"""Plain functions that make files of members, and bring their people in."""

from membership.arrivals.judging import digest
from payments import arrivals
from tests.factories import A_DAY, A_MOMENT, make_officer

HEAD = (
    *("first_name", "last_name", "email", "membership_type", "paid_until", "amount_paid"),
    *("paid_on", "member_number", "joined_on", "postcode", "profession", "registration_number"),
    *("areas", "another_person"),
)
ARIADNE = {
    "first_name": "Ariadne",
    "last_name": "Sampleton",
    "email": "ariadne@example.org",
    "membership_type": "Case Manager",
    "paid_until": "31/03/2027",
    "amount_paid": "120.00",
    "paid_on": "28/03/2026",
    "member_number": "CM-0042",
    "joined_on": "01/04/2019",
    "postcode": "CF14 4XW",
}
UNPAID = {"paid_until": "", "amount_paid": "", "paid_on": "", "member_number": "", "joined_on": ""}


def row(**changes):
    """A row of somebody who is paid until March; each change is a cell."""
    return {**ARIADNE, **changes}


def another(number, **changes):
    """Somebody else, with nothing that anybody shares."""
    facts = {
        "first_name": f"Barnaby{number}",
        "last_name": "Fictionby",
        "email": f"barnaby{number}@example.org",
        "member_number": "",
        "postcode": "",
    }
    return row(**{**facts, **changes})


def csv_of(*rows, head=HEAD, delimiter=","):
    """A file as a spreadsheet saves it."""
    quoted = (
        delimiter.join(f'"{one.get(name, "")}"' if one.get(name) else "" for name in head)
        for one in rows
    )
    return "\r\n".join([delimiter.join(head), *quoted, ""])


def keep(*rows, by=None, at=A_MOMENT, name="members.csv"):
    content = csv_of(*rows).encode()
    return arrivals.keep(content=content, name=name, by=by or make_officer(), at=at)


def confirm(file, at=A_MOMENT, on=A_DAY):
    seen = digest(arrivals.shown(file, on=on))
    return arrivals.confirm(file.pk, seen=seen, by=file.sent_by, at=at)


def bring(*rows, at=A_MOMENT, **facts):
    """A file whose people are here."""
    file = keep(*rows, at=at, **facts)
    confirm(file, at=at, on=at.date())
    arrivals.bring_in(file.pk, at=at)
    file.refresh_from_db()
    return file
