"""What several tests do with bookings."""

from benefits import bookings, bookings_sweep
from benefits.bookings import Wish
from benefits.models import Booking
from foundation.models import Letter
from payments import refunds
from payments.ledger_checks import violations
from tests.factories import A_MOMENT, make_person


def book(event, person=None, at=A_MOMENT, **wishes):
    return bookings.book(Wish(event.pk, person or make_person(), **wishes), at=at)


def sweep(at=A_MOMENT):
    bookings_sweep.run(at=at)


def again(booking):
    return Booking.objects.whole().get(pk=booking.pk)


def letters_to(booking):
    found = Letter.objects.filter(to=booking.reader.email).order_by("pk")
    return list(found.values_list("kind", flat=True))


def faults():
    """What `check_ledger` would print."""
    return list(violations())


def send_refunds(booking):
    """What the worker does within a minute: PayPal is asked for what is owed."""
    for attempt in booking.invoice.attempts.all():
        for refund in attempt.refunds.all():
            refunds.send(refund.pk, at=refund.requested_at)
