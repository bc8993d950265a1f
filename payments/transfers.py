"""A bank transfer that its payer says is on its way: we wait for it a while before we ask again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.calendar import working_days_between
from payments import invoicing
from payments.models import Invoice

# Transfers arrive within the day; our own look at the statement may take a few.
WORKING_DAYS = 5


@transaction.atomic
def say_sent(invoice_id: int, *, at: dt.datetime) -> Invoice:
    """The payer made the transfer. Saying so again begins the wait anew; it books nothing."""
    invoice = invoicing.lock(invoice_id)
    if invoice.is_payable:
        invoice.transfer_sent_on = timezone.localdate(at)
        invoice.save(update_fields=["transfer_sent_on"])
        person = invoice.payer
        words = "says that a bank transfer was made"
        history.record(person.history_key, words, at=at, by=person.user, text=invoice.number)
    return invoice


@transaction.atomic
def take_back(invoice_id: int) -> Invoice:
    """The payer did not make it after all."""
    invoice = invoicing.lock(invoice_id)
    invoice.transfer_sent_on = None
    invoice.save(update_fields=["transfer_sent_on"])
    return invoice


def may_still_arrive(sent_on: dt.date | None, *, on: dt.date) -> bool:
    """Whether a transfer of a day is to be waited for."""
    return sent_on is not None and working_days_between(sent_on, on) <= WORKING_DAYS
