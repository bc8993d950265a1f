"""Sends the society's bank details to somebody who has a fee to pay."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from membership import post
from payments import payer_links
from payments.models import Invoice


def send(invoice: Invoice, *, at: dt.datetime) -> None:
    """One letter a day and sum, however often the button is pressed."""
    day = timezone.localdate(at).isoformat()
    post.tell(
        invoice.payer,
        "bank_details",
        key=f"bank details {invoice.pk} {invoice.rest_pence} {day}",
        at=at,
        invoice=invoice,
        bank=settings.BANK_DETAILS,
        reference=invoice.account.payment_reference,
        url=payer_links.to_invoice(invoice),
    )
