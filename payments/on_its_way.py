"""Whether money for an invoice is on its way: nobody is asked for it twice meanwhile."""

import datetime as dt

from django.utils import timezone

from foundation.calendar import working_days_between
from payments.models import Attempt, Invoice

# Transfers arrive within the day; our own look at the statement may take a few.
WORKING_DAYS = 5
# Whoever was sent to PayPal and has not pressed its button by then has gone away.
PAYING_NOW = dt.timedelta(minutes=30)


def is_transfer_awaited(invoice: Invoice, *, on: dt.date) -> bool:
    """Whether its payer told us of a transfer, and we still wait for it."""
    sent_on = invoice.transfer_sent_on
    return sent_on is not None and working_days_between(sent_on, on) <= WORKING_DAYS


def is_on_its_way(invoice: Invoice, *, on: dt.date) -> bool:
    """PayPal is taking the money, or the payer said that a transfer was made."""
    return is_transfer_awaited(invoice, on=on) or invoice.attempts.being_taken().exists()


def may_yet_come(invoice: Invoice, *, at: dt.datetime) -> bool:
    """The same, or the payer went to PayPal a moment ago: what is held for them stays held."""
    begun = invoice.attempts.filter(state=Attempt.State.WAITING, started_at__gte=at - PAYING_NOW)
    return is_on_its_way(invoice, on=timezone.localdate(at)) or begun.exists()
