"""The office's pages for money: record or import bank payments, match them, ask PayPal."""

from payments.admin.attempts import AttemptAdmin, WebhookEventAdmin
from payments.admin.bank import BankAccountAdmin, BankFileAdmin, BankLineAdmin
from payments.admin.ledger import AccountAdmin, EntryAdmin, InvoiceAdmin

__all__ = (
    "AccountAdmin",
    "AttemptAdmin",
    "BankAccountAdmin",
    "BankFileAdmin",
    "BankLineAdmin",
    "EntryAdmin",
    "InvoiceAdmin",
    "WebhookEventAdmin",
)
