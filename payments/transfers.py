"""What a payer tells us of a bank transfer: that it was made, or was not after all."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from payments import invoicing
from payments.models import Invoice


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
