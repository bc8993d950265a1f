"""The office's pages for money; what they do is book, refund, decide and ask PayPal."""

from payments.admin.attempts import AttemptAdmin, WebhookEventAdmin
from payments.admin.ledger import AccountAdmin, EntryAdmin, InvoiceAdmin
from payments.admin.refunds import DisputeAdmin, RefundAdmin

__all__ = (
    "AccountAdmin",
    "AttemptAdmin",
    "DisputeAdmin",
    "EntryAdmin",
    "InvoiceAdmin",
    "RefundAdmin",
    "WebhookEventAdmin",
)
