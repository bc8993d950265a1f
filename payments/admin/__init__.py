"""The office's pages for money; what they can do is record a bank payment and ask PayPal."""

from payments.admin.attempts import AttemptAdmin, WebhookEventAdmin
from payments.admin.ledger import AccountAdmin, EntryAdmin, InvoiceAdmin

__all__ = ("AccountAdmin", "AttemptAdmin", "EntryAdmin", "InvoiceAdmin", "WebhookEventAdmin")
