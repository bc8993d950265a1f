"""The letters about handing a register over; none names a person or a record."""

import datetime as dt
from typing import Any

from foundation.links import absolute
from membership import post
from membership.models import Person
from records.models import HandoverOffer, Register


def tell_offered(
    made: HandoverOffer, *, until: dt.date, at: dt.datetime, reminder: bool = False
) -> None:
    """To whom it is offered, at once and once more before the time is up."""
    step = "reminder" if reminder else "first"
    _write(
        "records_offered",
        made.person,
        made.register,
        key=f"{made.pk}:{step}",
        at=at,
        more={
            "offer": made,
            "until": until,
            "reminder": reminder,
            "url": absolute(f"/records/offers/{made.key}/"),
        },
    )


def tell_settled(taken: HandoverOffer, *, to: Person, days: int, at: dt.datetime) -> None:
    """To whoever did not settle it."""
    more = {"offer": taken, "days": days}
    _write("records_offer_settled", to, taken.register, key=f"{taken.pk}", at=at, more=more)


def tell_left(register: Register, *, offered: bool, number: int, at: dt.datetime) -> None:
    """To the owner, when they have left and every month from then on. The dead get no letters."""
    key = f"{register.pk}:{register.leaving_since}:{number}"
    more = {"offered": offered, "records": register.records.count(), "reminder": number > 0}
    _write("records_owner_leaves", register.owner, register, key=key, at=at, more=more)


def _write(
    kind: str, to: Person, register: Register, *, key: str, at: dt.datetime, more: dict[str, Any]
) -> None:
    if not to.email or to.died_on:
        return
    url = absolute(f"/records/registers/{register.key}/sharing/")
    context = {"to": to, "register": register, "register_url": url, **more}
    post.tell(to, kind, key=f"{kind}:{key}", at=at, **context)
