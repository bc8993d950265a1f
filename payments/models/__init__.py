"""The tables of money: payers, invoices, the ledger, PayPal attempts and PayPal's messages."""

from payments.models.attempts import Attempt, WebhookEvent
from payments.models.ledger import Account, Entry, Invoice, LedgerIsAppendOnly
from payments.models.papers import CreditNote, InvoiceLine, Receipt

__all__ = (
    "Account",
    "Attempt",
    "CreditNote",
    "Entry",
    "Invoice",
    "InvoiceLine",
    "LedgerIsAppendOnly",
    "Receipt",
    "WebhookEvent",
)
