"""What has to happen without anybody pressing anything: run by Celery, and twice is as once."""

import datetime as dt
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from benefits import booking_letters, bookings, cancelling, judging, owing, waiting
from benefits.models import Booking, Event
from foundation.one_by_one import each, in_turn
from payments import given_back
from payments.models import Invoice
from payments.on_its_way import may_yet_come

REMIND = dt.timedelta(days=settings.EVENT_REMIND_DAYS)
State = Booking.State


def run(*, at: dt.datetime) -> None:
    """Confirm what was paid, free what was not, offer what is free, judge what is over."""
    steps = (
        confirm_paid,
        hold_anew,
        end_refunded,
        cancelling.settle_called_off,
        free_unpaid,
        end_offers,
        waiting.offer_everywhere,
        judging.judge_past,
        owing.remind_of_places,
        remind,
    )
    in_turn(*(partial(step, at=at) for step in steps))


def confirm_paid(*, at: dt.datetime) -> int:
    """Write to everybody whose place was paid since; how many."""
    found = Booking.objects.confirmed().filter(told_at=None)
    return sum(each(_numbers(found), lambda pk: _confirm(pk, at=at)))


@transaction.atomic
def _confirm(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    if not booking.is_confirmed or booking.told_at is not None:
        return False
    bookings.confirm(booking, at=at)
    return True


def hold_anew(*, at: dt.datetime) -> int:
    """Money of a confirmed place went back: it is asked for again, and the place held meanwhile."""
    found = Booking.objects.unpaid().filter(told_at__isnull=False, event__starts_at__gt=at)
    return sum(each(_numbers(found), lambda pk: _hold_anew(pk, at=at)))


@transaction.atomic
def _hold_anew(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    if booking.state != State.BOOKED or booking.to_pay is None or booking.told_at is None:
        return False
    booking.told_at = None
    booking.held_until = bookings.until(booking.event, at, lasts=bookings.HOLD)
    booking.save()
    booking_letters.write("event_held", booking, about=f"again {at:%Y%m%d%H%M}", at=at)
    return True


def end_refunded(*, at: dt.datetime) -> int:
    """The office refunded a whole payment before the event: the place is free again."""
    found = Booking.objects.filter(
        state=State.BOOKED, judged_at=None, invoice__state=Invoice.State.CREDITED
    )
    return sum(each(_numbers(found), lambda pk: _end_refunded(pk, at=at)))


@transaction.atomic
def _end_refunded(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    invoice = booking.invoice
    if booking.state != State.BOOKED or booking.attended is not None or invoice is None:
        return False
    booking.state, booking.place_number = State.CANCELLED, None
    booking.ended_at, booking.refund_pence = at, invoice.credited_pence
    booking.save()
    waiting.offer(booking.event_id, at=at)
    return True


def free_unpaid(*, at: dt.datetime) -> int:
    """Free the places that were not paid in time; how many."""
    late = Booking.objects.unpaid().filter(held_until__lte=at, told_at=None)
    return sum(each(_numbers(late), lambda pk: _free(pk, at=at)))


@transaction.atomic
def _free(booking_id: int, *, at: dt.datetime) -> bool:
    """Unless it was paid meanwhile, or money is on its way to us before the event."""
    booking = bookings.locked(booking_id)
    invoice = booking.invoice
    if booking.state != State.BOOKED or invoice is None or booking.is_held(at):
        return False
    if invoice.attempts.being_taken().exists():
        return False
    if at < booking.event.starts_at and may_yet_come(invoice, at=at):
        return False
    why = f"{bookings.title_of(booking.event)}: not paid in time."
    if not given_back.withdraw(invoice.pk, reason=why, at=at):
        return False
    waiting.give_up(booking, at=at)
    booking_letters.write("event_lapsed", booking, at=at)
    waiting.offer(booking.event_id, at=at)
    return True


def end_offers(*, at: dt.datetime) -> int:
    """Offers that nobody took in time go to the next; how many."""
    late = Booking.objects.filter(state=State.OFFERED, held_until__lte=at)
    return sum(each(_numbers(late), lambda pk: waiting.end_offer(pk, at=at)))


def remind(*, at: dt.datetime) -> int:
    """A letter some days before to everybody who comes, with the link and what they may owe."""
    soon = Event.objects.taking_place().filter(starts_at__gt=at, starts_at__lte=at + REMIND)
    found = Booking.objects.confirmed().filter(
        event__in=soon, reminded_at=None, told_at__lte=at - dt.timedelta(days=1)
    )
    return sum(each(_numbers(found), lambda pk: _remind(pk, at=at)))


@transaction.atomic
def _remind(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    if not booking.is_confirmed or booking.reminded_at is not None:
        return False
    booking.reminded_at = at
    booking.save(update_fields=["reminded_at"])
    booking_letters.write("event_soon", booking, at=at, encloses=f"event:{booking.pk}")
    return True


def _numbers(found: QuerySet[Booking]) -> list[int]:
    """All that there are now: what a step changes is not looked for again."""
    return list(found.order_by("pk").values_list("pk", flat=True))
