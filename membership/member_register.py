"""The register of members that a company must keep, as rows for a CSV file.

Names, addresses, class, and the days on which membership began and ended (Companies Act 2006,
section 113). It is read from memberships alone and is no mailing list: it has no e-mail address.
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import OuterRef, Subquery

from foundation import spreadsheets
from foundation.spreadsheets import guarded
from membership.models import FeeDue, Membership, Person
from membership.types import MembershipType

COLUMNS = ("number", "name", "address", "class", "joined", "ceased")
AT_ONCE = 1_000


def lines(*, on: dt.date) -> Iterator[str]:
    """The file, line by line: every membership there ever was, by number, as it stands on a day.

    One query; it takes the same memory whether the society has ten members or a million.
    """
    rows = (_row(one, on) for one in _memberships(on))
    return spreadsheets.lines(COLUMNS, ([guarded(cell) for cell in row] for row in rows))


def _memberships(on: dt.date) -> Iterator[Membership]:
    paid = FeeDue.objects.filter(
        person=OuterRef("person"), starts_on__lte=on, cancelled_at=None
    ).order_by("-ends_on")
    return (
        Membership.objects.select_related("person")
        .annotate(
            type=Subquery(paid.values("type")[:1]), until=Subquery(paid.values("ends_on")[:1])
        )
        .order_by("number")
        .iterator(AT_ONCE)
    )


def _row(membership: Membership, on: dt.date) -> tuple[str, ...]:
    kind: str | None = getattr(membership, "type", None)
    ceased_on = _ceased_on(membership, on)
    return (
        membership.written_number,
        membership.person.name,
        _address(membership.person),
        MembershipType(kind).label if kind else "",
        membership.joined_on.isoformat(),
        ceased_on.isoformat() if ceased_on else "",
    )


def _ceased_on(membership: Membership, on: dt.date) -> dt.date | None:
    """The first of: resigning, death, the last day paid for once the days of grace are over."""
    until: dt.date | None = getattr(membership, "until", None)
    is_over = until is not None and on > until + dt.timedelta(days=settings.GRACE_DAYS)
    days = (membership.resigned_on, membership.person.died_on, until if is_over else None)
    return min((day for day in days if day is not None), default=None)


def _address(person: Person) -> str:
    lines = (
        person.address_line_1,
        person.address_line_2,
        person.town,
        person.postcode,
        person.country,
    )
    return ", ".join(line for line in lines if line)
