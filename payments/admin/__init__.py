"""The office's pages for money: book, import, match, refund, decide, ask PayPal."""

from payments.admin.arrivals import ArrivalFileAdmin
from payments.admin.attempts import AttemptAdmin, WebhookEventAdmin
from payments.admin.bank import BankAccountAdmin, BankFileAdmin, BankLineAdmin
from payments.admin.ledger import AccountAdmin, EntryAdmin, InvoiceAdmin
from payments.admin.papers import CreditNoteAdmin, ReceiptAdmin
from payments.admin.paypal_account import PaypalEntryAdmin
from payments.admin.refunds import DisputeAdmin, RefundAdmin

__all__ = (
    "AccountAdmin",
    "ArrivalFileAdmin",
    "AttemptAdmin",
    "BankAccountAdmin",
    "BankFileAdmin",
    "BankLineAdmin",
    "CreditNoteAdmin",
    "DisputeAdmin",
    "EntryAdmin",
    "InvoiceAdmin",
    "PaypalEntryAdmin",
    "ReceiptAdmin",
    "RefundAdmin",
    "WebhookEventAdmin",
)
