"""What becomes of a register when its owner leaves: the only writer of its state.

open -> leaving    its owner resigned, died, or their membership lapsed long enough ago
leaving -> open    somebody took it over, or the owner is a member again
open, leaving -> closed    by its owner, once those named have declined it and it was exported;
                           where they have died, by two officers once it was taken: `releasing`

Time alone only asks, reminds and offers; it never closes a register that holds a record.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from membership import standing
from membership.models import Person, User
from records import terms
from records.handover_letters import tell_left, tell_offered, tell_settled
from records.models import HandoverOffer, NamedMember, Register
from records.naming import MAY_SHARE, NoLongerOpen, find_member

Outcome = HandoverOffer.Outcome
ANSWER_WITHIN = dt.timedelta(days=14)
REMIND_AFTER = dt.timedelta(days=7)
LAPSED_FOR = dt.timedelta(days=90)
"""Whoever renews late finds their register as they left it."""

REMIND_OWNER_EVERY = 30
MOVES = {
    Register.State.OPEN: {Register.State.LEAVING, Register.State.CLOSED},
    Register.State.LEAVING: {Register.State.OPEN, Register.State.CLOSED},
    Register.State.CLOSED: set[Register.State](),
}


class CannotOffer(ValueError):
    """The register cannot be offered so; the words say why."""


@transaction.atomic
def offer(
    *, register_id: int, to: Person, by: User | None, at: dt.datetime, by_portal: bool = False
) -> HandoverOffer:
    """Offer a register to a member whom it names. Raises CannotOffer."""
    register = locked(register_id)
    _refuse_second(register)
    if not register.named.in_force().filter(person=to).exists():
        raise CannotOffer("Choose a member who shares the register.")
    return _offer(register, to=to, by=by, at=at, by_portal=by_portal)


@transaction.atomic
def offer_for_the_office(
    *, register_id: int, number: int, email: str, reason: str, by: User, at: dt.datetime
) -> HandoverOffer:
    """Offer a register that nobody it names has taken to another member.

    Raises CannotOffer, or CannotName where there is no such member.
    """
    register = locked(register_id)
    if register.state != Register.State.LEAVING or heirs(register):
        raise CannotOffer(
            "This is only for a register whose owner has left and that nobody takes over."
        )
    _refuse_second(register)
    if register.releases.under_way().exists():
        raise CannotOffer("It is being handed out. Take that back first.")
    to = find_member(number, email, on=timezone.localdate(at))
    _note(register, "office looked for an owner", by=by, at=at, text=reason.strip())
    return _offer(register, to=to, by=by, at=at, by_portal=True)


def _refuse_second(register: Register) -> None:
    if register.offers.filter(settled_at=None).exists():
        raise CannotOffer("It is offered to somebody already. Take that offer back first.")


def _offer(
    register: Register, *, to: Person, by: User | None, at: dt.datetime, by_portal: bool
) -> HandoverOffer:
    if standing.of(to, timezone.localdate(at)).state not in MAY_SHARE:
        raise CannotOffer("Choose a member whose membership is running.")
    made = HandoverOffer.objects.create(
        register=register, person=to, offered_at=at, offered_by=by, by_portal=by_portal
    )
    _note(register, "register offered", by=by, at=at, text=to.history_key)
    tell_offered(made, until=answer_by(made), at=at)
    return made


@transaction.atomic
def accept(*, offer_id: int, version: str, by: User, at: dt.datetime) -> Register:
    """Take a register over: its new owner alone decides from now on. Raises NoLongerOpen."""
    taken = _open_offer(offer_id)
    register, before = taken.register, taken.register.owner
    _settle(taken, Outcome.ACCEPTED, at=at)
    _move(register, Register.State.OPEN)
    register.owner = taken.person
    # The next owner takes their own copy before they ever close it.
    register.exported_at, register.exported_digest = None, ""
    register.save()
    register.named.filter(person=taken.person, ended_at=None).update(
        ended_at=at, end=NamedMember.End.NOW_OWNER
    )
    terms.accept(register=register, version=version, by=by, at=at)
    _note(
        register,
        "register taken over",
        by=by,
        at=at,
        text=f"from {before.history_key} by {taken.person.history_key}",
    )
    tell_settled(taken, to=before, days=ANSWER_WITHIN.days, at=at)
    return register


@transaction.atomic
def decline(*, offer_id: int, by: User | None, at: dt.datetime) -> HandoverOffer:
    """The register stays where it is, and is offered on. Raises NoLongerOpen."""
    return _refuse(_open_offer(offer_id), Outcome.DECLINED, by=by, at=at)


@transaction.atomic
def withdraw(*, offer_id: int, by: User | None, at: dt.datetime) -> HandoverOffer:
    """Take an offer back. Raises NoLongerOpen."""
    taken = _open_offer(offer_id)
    _settle(taken, Outcome.WITHDRAWN, at=at)
    _note(taken.register, "offer taken back", by=by, at=at, text=taken.person.history_key)
    tell_settled(taken, to=taken.person, days=ANSWER_WITHIN.days, at=at)
    return taken


@transaction.atomic
def begin_leaving(register_id: int, because: str, *, at: dt.datetime) -> None:
    """Note that the owner has left, offer the register to a named member and write to the owner."""
    register = locked(register_id)
    if register.state != Register.State.OPEN:
        return
    _move(register, Register.State.LEAVING)
    register.leaving_since, register.leaving_because = timezone.localdate(at), because
    register.save()
    _note(register, "owner is leaving", by=None, at=at, text=register.get_leaving_because_display())
    offered = offer_on(register, at=at)
    tell_left(register, offered=offered, number=0, at=at)


@transaction.atomic
def stay(register_id: int, *, at: dt.datetime) -> None:
    """The owner is a member again: everything is as it was."""
    register = locked(register_id)
    if register.state != Register.State.LEAVING:
        return
    for one in register.offers.filter(settled_at=None, by_portal=True):
        withdraw(offer_id=one.pk, by=None, at=at)
    _move(register, Register.State.OPEN)
    register.save()
    _note(register, "owner stays", by=None, at=at)


def offer_on(register: Register, *, at: dt.datetime) -> bool:
    """Offer a register to the next member it names; False where nobody is left to ask."""
    if register.offers.filter(settled_at=None).exists():
        return True
    on = timezone.localdate(at)
    for named in heirs(register):
        if standing.of(named.person, on).state in MAY_SHARE:
            offer(register_id=register.pk, to=named.person, by=None, at=at, by_portal=True)
            return True
    return False


def heirs(register: Register) -> list[NamedMember]:
    """The members who share a register and have not refused it since they joined, oldest first."""
    refused = register.offers.filter(outcome__in=[Outcome.DECLINED, Outcome.EXPIRED])
    latest = {one.person_id: one.offered_at for one in refused.order_by("offered_at")}
    named = register.named.in_force().select_related("person").order_by("accepted_at", "pk")
    return [
        one
        for one in named
        if one.person_id not in latest or latest[one.person_id] < (one.accepted_at or one.asked_at)
    ]


def answer_by(made: HandoverOffer) -> dt.date:
    """The last day on which an offer can be answered."""
    return timezone.localdate(made.offered_at + ANSWER_WITHIN)


def expire(made: HandoverOffer, *, at: dt.datetime) -> None:
    """Nobody answered in time: as if they had declined."""
    with transaction.atomic():
        _refuse(_open_offer(made.pk), Outcome.EXPIRED, by=None, at=at)


def mark_closed(register: Register, *, records: int, at: dt.datetime) -> None:
    """Close a register whose records have been taken out. For `closing` alone."""
    _move(register, Register.State.CLOSED)
    register.closed_at, register.closed_records, register.name = at, records, ""
    register.save()


def locked(register_id: int) -> Register:
    """A register under lock.

    Its owner is read after the lock: joined in, a row that changed hands meanwhile is not found.
    """
    return Register.objects.select_for_update().get(pk=register_id)


def _refuse(
    taken: HandoverOffer, outcome: Outcome, *, by: User | None, at: dt.datetime
) -> HandoverOffer:
    _settle(taken, outcome, at=at)
    verb = f"register {outcome.label}"
    _note(taken.register, verb, by=by, at=at, text=taken.person.history_key)
    tell_settled(taken, to=taken.register.owner, days=ANSWER_WITHIN.days, at=at)
    if taken.register.state == Register.State.LEAVING:
        offer_on(taken.register, at=at)
    return taken


def _open_offer(offer_id: int) -> HandoverOffer:
    """An offer that waits for its answer, with its register under lock. Raises NoLongerOpen."""
    register = locked(HandoverOffer.objects.values_list("register_id", flat=True).get(pk=offer_id))
    found = HandoverOffer.objects.select_related("person").get(pk=offer_id)
    if found.settled_at is not None:
        raise NoLongerOpen("This offer was answered or taken back already.")
    found.register = register
    return found


def _settle(taken: HandoverOffer, outcome: Outcome, *, at: dt.datetime) -> None:
    taken.settled_at, taken.outcome = at, outcome
    taken.save(update_fields=["settled_at", "outcome"])


def _move(register: Register, to: Register.State) -> None:
    if to != register.state and to not in MOVES[Register.State(register.state)]:
        raise NoLongerOpen("This register is closed.")
    if to != Register.State.LEAVING:
        register.leaving_since, register.leaving_because = None, ""
    register.state = to


def _note(
    register: Register, verb: str, *, by: User | None, at: dt.datetime, text: str = ""
) -> None:
    history.record(register.history_key, verb, at=at, by=by, text=text)
