"""Looks at prices once more after an event: standing on its day decides, both ways."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from benefits import attendance, booking_letters, bookings, places, pricing
from benefits.models import Booking, Event
from foundation import history
from foundation.one_by_one import each
from foundation.pence import pounds
from membership import standing
from payments import given_back, invoicing
from payments.invoicing import Asked
from payments.lines import Item
from payments.models import Account, Invoice

DAYS_TO_PAY = dt.timedelta(days=30)


def judge_past(*, at: dt.datetime) -> int:
    """Every event that is over and was not judged; how many. Twice is once.

    The day after, so that whoever renews on the event's own day is a member on it; and not before
    bank statements are known for that day, so that a transfer that has arrived counts.
    """
    today = timezone.localdate(at)
    over = Event.objects.taking_place().filter(judged_at=None, ends_at__lt=at).order_by("pk")
    ready = [one for one in over if one.day < today and standing.money_day(one.day) == one.day]
    return len(each(ready, lambda event: judge(event.pk, at=at)))


@transaction.atomic
def judge(event_id: int, *, at: dt.datetime) -> None:
    event = places.locked(event_id)
    if event.judged_at is not None:
        return
    unjudged = event.bookings.confirmed().filter(judged_at=None).whole()
    for booking in unjudged.order_by("invoice__account", "pk"):
        booking.event = event
        _judge(booking, at=at)
    for booking in event.bookings.attended().whole().order_by("pk"):
        attendance.certify(booking, at=at)
    event.judged_at = at
    event.save()


def _judge(booking: Booking, *, at: dt.datetime) -> None:
    facts = places.facts_of(booking.person, booking.event, on=booking.event.day)
    found = pricing.judge(
        paid=booking.price, difference_pence=booking.difference_pence, facts=facts
    )
    booking.judged_at = at
    if found.pence > 0:
        booking.difference_invoice = _invoice(booking, found, at=at)
    booking.save()
    if found.pence:
        words = f"{bookings.title_of(booking.event)}: {pounds(abs(found.pence))}. {found.why}"
        verb = "difference invoiced" if found.pence > 0 else "difference given back"
        history.record(booking.reader.history_key, verb, at=at, by=None, text=words)
    if found.pence > 0:
        booking_letters.write("event_difference", booking, at=at, judgement=found)
    if found.pence < 0 and booking.invoice is not None:
        less = -found.pence
        given_back.credit(booking.invoice.pk, pence=less, reason=found.why, by=None, at=at)
        booking_letters.write("event_difference_back", booking, at=at, judgement=found, pence=less)


def _invoice(booking: Booking, found: pricing.Judgement, *, at: dt.datetime) -> Invoice:
    payer = invoicing.account_of(booking.person)
    account = Account.objects.select_for_update(of=("self",)).get(pk=payer.pk)
    text = f"Difference to the full price: {booking.event.title}"[:120]
    item = Item(f"{text}\n{found.why}", found.pence)
    due_on = timezone.localdate(at) + DAYS_TO_PAY
    return invoicing.issue(account, Asked(Invoice.Kind.EVENT, text, (item,), due_on), at=at)
