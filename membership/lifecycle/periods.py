"""What a fee is for and which days it pays for, beside the days that its person has already.

An upgrade keeps the end of the term that runs: the old type ends on the eve of it. A new full
application of somebody who is a member of another type begins a whole period on the day of the
payment, without credit for what is left of the old one (CMSUK FAQ: Supporter). A year that was
paid ahead is never lost: it is one of the new type, at the price it had, and follows without a gap.
Periods of one person never overlap, so the type of a day is the type of its one period.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, QuerySet

from foundation.pence import pounds
from foundation.prepared import A_NUMBER, Rows
from foundation.prepared_writes import Updates
from membership import terms
from membership.models import Application, FeeDue, FeeRate, Person

Purpose = FeeDue.Purpose
TERMS_OF = Rows(
    A_NUMBER, lambda person: FeeDue.objects.filter(person=person, ends_on__isnull=False)
)
"""What somebody has paid for, as it is known without a lock."""
# What giving a fee its period writes, beside how it was let go.
GIVE = Updates(
    FeeDue, ("settled_on", "waived_at", "waived_by", "waiver_reason", "starts_on", "ends_on")
)
"""Writes how a fee ended, and the days that it pays for."""


@dataclass(frozen=True)
class Price:
    """What an approval is for, its sum, how that came about, and what a year costs; in pence."""

    purpose: FeeDue.Purpose
    pence: int
    yearly_pence: int
    reckoning: str = ""

    @property
    def is_upgrade(self) -> bool:
        return self.purpose is Purpose.UPGRADE


def price_of(application: Application, *, on: dt.date) -> Price | None:
    """The fee that an approval on a day would fix; None where the type has none."""
    return price_for(application.person, application.type, on=on)


def price_for(person: Person, type: str, *, on: dt.date) -> Price | None:
    """What somebody would pay for a type if that were approved on a day."""
    rate = FeeRate.objects.in_force(type=type, on=on)
    if rate is None:
        return None
    term = person.fees.covering(on).first()
    if term is None or term.period is None or not terms.is_upgrade(term.type, type):
        return Price(Purpose.JOINING, rate.pence, rate.pence)
    starts_on, ends_on = term.period
    old = FeeRate.objects.in_force(type=term.type, on=starts_on)
    old_pence = old.pence if old else 0
    reckoned = terms.reckon_upgrade(
        old_pence=old_pence,
        new_pence=rate.pence,
        on=on,
        ends_on=ends_on,
        months=settings.MEMBERSHIP_MONTHS,
        by_month=settings.UPGRADE_FEE_BY_MONTH,
    )
    words = _written_out(reckoned, old_pence, rate.pence)
    return Price(Purpose.UPGRADE, reckoned.pence, rate.pence, words)


def _written_out(reckoned: terms.Reckoning, old: int, new: int) -> str:
    """The sum of an upgrade's fee, for the applicant and for the invoice."""
    if reckoned.months_left is None:
        return ""
    left, months, more = reckoned.months_left, settings.MEMBERSHIP_MONTHS, pounds(new - old)
    return (
        f"{pounds(new)} – {pounds(old)} = {more} for {months} months; {left} of {months} months "
        f"are left: {more} × {left} ÷ {months} = {pounds(reckoned.pence)}"
    )


def fix_fee(application: Application, price: Price, *, at: dt.datetime) -> FeeDue:
    """The fee of an approval. One that was open beside it is cancelled.

    Nobody pays to renew a type that they are leaving; the next renewal is the new type's. Called
    under the person's lock, as every step that opens a fee is, or two could open one each.
    """
    application.person.fees.outstanding().update(cancelled_at=at)
    return FeeDue.objects.create(
        person=application.person,
        application=application,
        purpose=price.purpose,
        type=application.type,
        pence=price.pence,
        reckoning=price.reckoning,
        fixed_at=at,
    )


def give(fee: FeeDue, *, on: dt.date) -> None:
    """The fee is settled or waived on a day: write down which days it pays for."""
    known = TERMS_OF(fee.person_id)
    term = _term_to_end(fee, on, known)
    if term is None or term.period is None:
        fee.starts_on, fee.ends_on = _next(fee, on, known)
        GIVE(fee)
        return
    starts_on, ends_on = term.period
    first, last = terms.upgraded_period(paid_on=on, starts_on=starts_on, ends_on=ends_on)
    if fee.purpose != Purpose.UPGRADE:
        last = terms.whole_period(first, months=settings.MEMBERSHIP_MONTHS)
    term.ends_on = first - terms.ONE_DAY
    term.save()
    if fee.purpose != Purpose.UPGRADE:
        _move_what_was_paid_ahead(fee, ended_on=ends_on, to_follow=last)
    fee.starts_on, fee.ends_on = first, last
    GIVE(fee)
    _turn_what_was_paid_ahead(fee, after=last)


def cut_short(fee_id: int, *, on: dt.date) -> None:
    """The fee went back: it pays for no day after this one, and for none that is still to come."""
    fee = FeeDue.objects.select_for_update(of=("self",)).get(pk=fee_id)
    if fee.starts_on is None or fee.ends_on is None or fee.ends_on <= on:
        return
    fee.starts_on, fee.ends_on = (fee.starts_on, on) if fee.starts_on <= on else (None, None)
    fee.save(update_fields=["starts_on", "ends_on"])


def _term_to_end(fee: FeeDue, on: dt.date, known: list[FeeDue]) -> FeeDue | None:
    """The term that this fee takes the place of; none where it follows what is paid for."""
    is_upgrade = fee.purpose == Purpose.UPGRADE
    follows = fee.purpose == Purpose.RENEWAL or not any(term.covers(on) for term in known)
    if follows and not is_upgrade:
        return None
    own = FeeDue.objects.select_for_update().filter(person=fee.person)
    if is_upgrade:
        return _with_room(own, own.filter(starts_on__lte=on).order_by("-ends_on").first())
    return own.covering(on).exclude(type=fee.type).first()


def _with_room(own: QuerySet[FeeDue], term: FeeDue | None) -> FeeDue | None:
    """A term keeps its first day; one that has no other makes way by the term that follows it.

    So it is where somebody moves up twice on the day on which they joined.
    """
    if term is None or term.ends_on is None or term.starts_on != term.ends_on:
        return term
    return own.filter(starts_on=term.ends_on + terms.ONE_DAY).first() or term


def _next(fee: FeeDue, on: dt.date, known: list[FeeDue]) -> tuple[dt.date, dt.date]:
    """Only a renewal is put back on the old dates after grace: who applies again starts anew."""
    is_renewal = fee.purpose == Purpose.RENEWAL
    return terms.next_period(
        paid_on=on,
        last_covered=max(filter(None, (term.ends_on for term in known)), default=None),
        months=settings.MEMBERSHIP_MONTHS,
        grace_days=settings.GRACE_DAYS,
        late_months=settings.LATE_MONTHS if is_renewal else 0,
    )


def last_covered(person: Person) -> dt.date | None:
    """The last day that this person has paid for, in the past or ahead."""
    last: dt.date | None = person.fees.aggregate(last=Max("ends_on"))["last"]
    return last


def _move_what_was_paid_ahead(fee: FeeDue, *, ended_on: dt.date, to_follow: dt.date) -> None:
    """Years after a term that now ends early, each whole, one after the other.

    Where they move later the last one moves first, else the first: none ever meets another.
    """
    is_later = to_follow >= ended_on
    ahead = FeeDue.objects.filter(person=fee.person, starts_on__gt=ended_on).order_by("starts_on")
    moves = []
    for paid in ahead:
        starts_on = to_follow + terms.ONE_DAY
        to_follow = terms.whole_period(starts_on, months=settings.MEMBERSHIP_MONTHS)
        moves.append((paid.pk, starts_on, to_follow))
    for pk, starts_on, ends_on in reversed(moves) if is_later else moves:
        FeeDue.objects.filter(pk=pk).update(starts_on=starts_on, ends_on=ends_on)


def _turn_what_was_paid_ahead(fee: FeeDue, *, after: dt.date) -> None:
    """A renewal that was paid early is one of the new type now, at the price it had."""
    FeeDue.objects.filter(person=fee.person, starts_on__gt=after).update(type=fee.type)
