"""The nightly look at registers: who left, who has not answered, who is to be reminded.

It asks, offers, reminds and tells; it takes no record out, and closes none but an empty register
of somebody who has left.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation.one_by_one import each, in_turn
from membership import standing
from membership.models import Person
from records import closing, handing_over, naming, releasing
from records.handover_letters import tell_left, tell_offered
from records.models import HandoverOffer, Register
from records.models.registers import RegisterQuerySet


def sweep(*, at: dt.datetime) -> dict[str, int]:
    """Do what is due. Twice is the same as once; each register is a transaction of its own."""
    steps = {
        "namings ended": lambda: naming.sweep(at=at),
        "owners who stay": lambda: _see_who_stays(at),
        "owners who left": lambda: _see_who_left(at),
        "offers reminded of": lambda: _remind_of_offers(at),
        "offers not answered": lambda: _expire_offers(at),
        "owners reminded": lambda: _remind_owners(at),
    }
    return dict(zip(steps, in_turn(*steps.values()), strict=True))


def why_leaving(owner: Person, on: dt.date) -> str:
    """Why an owner counts as gone on a day; nothing while they are a member, or never were one."""
    stands = standing.of(owner, on)
    if owner.died_on is not None:
        return Register.Leaving.DIED.value
    if stands.state == "lapsed" and stands.until:
        is_long_ago = stands.until + handing_over.LAPSED_FOR <= on
        return Register.Leaving.LAPSED.value if is_long_ago else ""
    return Register.Leaving.RESIGNED.value if stands.state == "resigned" else ""


def _see_who_left(at: dt.datetime) -> int:
    """Only owners who are not active members today are looked at one by one."""
    on = timezone.localdate(at)
    opened = Register.objects.filter(state=Register.State.OPEN).select_related("owner")
    found = opened.exclude(owner__in=standing.active(on)).order_by("pk")
    gone = ((one.pk, why_leaving(one.owner, on)) for one in found.iterator())
    left = [(pk, because) for pk, because in gone if because]
    return len(each(left, lambda one: handing_over.begin_leaving(*one, at=at)))


def _see_who_stays(at: dt.datetime) -> int:
    on = timezone.localdate(at)
    back = [one for one in _leaving() if not why_leaving(one.owner, on)]
    return len(each(back, lambda one: _stay(one, at=at)))


@transaction.atomic
def _stay(register: Register, *, at: dt.datetime) -> None:
    releasing.withdraw_all(register, at=at)
    handing_over.stay(register.pk, at=at)


def _remind_of_offers(at: dt.datetime) -> int:
    due = HandoverOffer.objects.filter(
        settled_at=None, reminded_at=None, offered_at__lte=at - handing_over.REMIND_AFTER
    )
    found = list(due.select_related("register", "person").order_by("pk"))
    return len(each(found, lambda made: _remind_of(made, at=at)))


@transaction.atomic
def _remind_of(made: HandoverOffer, *, at: dt.datetime) -> None:
    tell_offered(made, until=handing_over.answer_by(made), at=at, reminder=True)
    HandoverOffer.objects.filter(pk=made.pk).update(reminded_at=at)


def _expire_offers(at: dt.datetime) -> int:
    open_ones = HandoverOffer.objects.filter(settled_at=None).order_by("pk")
    late = [one for one in open_ones if handing_over.answer_by(one) < timezone.localdate(at)]
    return len(each(late, lambda made: handing_over.expire(made, at=at)))


def _remind_owners(at: dt.datetime) -> int:
    """Every thirty days, for as long as it takes: nothing else moves without them."""
    return sum(each(list(_leaving()), lambda one: _remind_owner(one, at=at)))


@transaction.atomic
def _remind_owner(register: Register, *, at: dt.datetime) -> bool:
    """Close the register where it is empty, else offer it on; whether the owner was written to."""
    if closing.close_empty(register.pk, at=at):
        return False
    offered = handing_over.offer_on(register, at=at)
    since = register.leaving_since
    days = (timezone.localdate(at) - since).days if since else 0
    number = days // handing_over.REMIND_OWNER_EVERY
    if number:
        tell_left(register, offered=offered, number=number, at=at)
    return number > 0


def _leaving() -> RegisterQuerySet:
    rows = Register.objects.filter(state=Register.State.LEAVING)
    return rows.select_related("owner").order_by("pk")
