"""The tables of money: payers, invoices, the ledger, PayPal attempts, bank statements."""

from payments.models.attempts import Attempt, WebhookEvent
from payments.models.bank import (
    BankAccount,
    BankFile,
    BankLine,
    StatementColumns,
    StatementUpload,
)
from payments.models.ledger import Account, Entry, Invoice, LedgerIsAppendOnly

__all__ = (
    "Account",
    "Attempt",
    "BankAccount",
    "BankFile",
    "BankLine",
    "Entry",
    "Invoice",
    "LedgerIsAppendOnly",
    "StatementColumns",
    "StatementUpload",
    "WebhookEvent",
)
