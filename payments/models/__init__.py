"""The tables of money: payers, invoices, the ledger, PayPal attempts, refunds, bank lines."""

from payments.models.append_only import LedgerIsAppendOnly
from payments.models.attempts import Attempt, WebhookEvent
from payments.models.bank import (
    BankAccount,
    BankFile,
    BankLine,
    StatementColumns,
    StatementUpload,
)
from payments.models.ledger import Account, Entry, Invoice
from payments.models.papers import CreditNote, InvoiceLine, Receipt
from payments.models.paypal_account import PaypalEntry
from payments.models.refunds import Dispute, Refund

__all__ = (
    "Account",
    "Attempt",
    "BankAccount",
    "BankFile",
    "BankLine",
    "CreditNote",
    "Dispute",
    "Entry",
    "Invoice",
    "InvoiceLine",
    "LedgerIsAppendOnly",
    "PaypalEntry",
    "Receipt",
    "Refund",
    "StatementColumns",
    "StatementUpload",
    "WebhookEvent",
)
