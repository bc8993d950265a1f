"""The nightly look at registers: who left, who has not answered, who is to be reminded.

It asks, offers, reminds and tells; it takes no record out, and closes none but an empty register
of somebody who has left.
"""

import datetime as dt

from django.utils import timezone

from membership import standing
from membership.models import Person
from records import closing, handing_over, naming, releasing
from records.handover_letters import tell_left, tell_offered
from records.models import HandoverOffer, Register
from records.models.registers import RegisterQuerySet


def sweep(*, at: dt.datetime) -> dict[str, int]:
    """Do what is due. Twice is the same as once; each register is a transaction of its own."""
    return {
        "namings ended": naming.sweep(at=at),
        "owners who stay": _see_who_stays(at),
        "owners who left": _see_who_left(at),
        "offers reminded of": _remind_of_offers(at),
        "offers not answered": _expire_offers(at),
        "owners reminded": _remind_owners(at),
    }


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
    on, done = timezone.localdate(at), 0
    opened = Register.objects.filter(state=Register.State.OPEN).select_related("owner")
    for register in opened.exclude(owner__in=standing.active(on)).order_by("pk").iterator():
        because = why_leaving(register.owner, on)
        if because:
            handing_over.begin_leaving(register.pk, because, at=at)
            done += 1
    return done


def _see_who_stays(at: dt.datetime) -> int:
    on, done = timezone.localdate(at), 0
    for register in _leaving():
        if not why_leaving(register.owner, on):
            releasing.withdraw_all(register, at=at)
            handing_over.stay(register.pk, at=at)
            done += 1
    return done


def _remind_of_offers(at: dt.datetime) -> int:
    due = HandoverOffer.objects.filter(
        settled_at=None, reminded_at=None, offered_at__lte=at - handing_over.REMIND_AFTER
    )
    for made in due.select_related("register", "person"):
        tell_offered(made, until=handing_over.answer_by(made), at=at, reminder=True)
        HandoverOffer.objects.filter(pk=made.pk).update(reminded_at=at)
    return len(due)


def _expire_offers(at: dt.datetime) -> int:
    open_ones = HandoverOffer.objects.filter(settled_at=None).order_by("pk")
    late = [one for one in open_ones if handing_over.answer_by(one) < timezone.localdate(at)]
    for made in late:
        handing_over.expire(made, at=at)
    return len(late)


def _remind_owners(at: dt.datetime) -> int:
    """Every thirty days, for as long as it takes: nothing else moves without them."""
    on, done = timezone.localdate(at), 0
    for register in _leaving():
        if closing.close_empty(register.pk, at=at):
            continue
        offered = handing_over.offer_on(register, at=at)
        days = (on - register.leaving_since).days if register.leaving_since else 0
        number = days // handing_over.REMIND_OWNER_EVERY
        if number:
            tell_left(register, offered=offered, number=number, at=at)
            done += 1
    return done


def _leaving() -> RegisterQuerySet:
    rows = Register.objects.filter(state=Register.State.LEAVING)
    return rows.select_related("owner").order_by("pk")
