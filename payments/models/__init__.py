"""The tables of money: payers, invoices, the ledger, PayPal attempts and PayPal's messages."""

from payments.models.attempts import Attempt, WebhookEvent
from payments.models.ledger import Account, Entry, Invoice, LedgerIsAppendOnly

__all__ = (
    "Account",
    "Attempt",
    "Entry",
    "Invoice",
    "LedgerIsAppendOnly",
    "WebhookEvent",
)
