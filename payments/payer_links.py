"""Where a payer reads a paper of theirs: their own pages, or without a login by a signed link."""

import datetime as dt

from django.urls import reverse

from foundation import links
from membership.models import Person
from payments.models import Account, Invoice, Receipt

PURPOSE = "payer"
LASTS = dt.timedelta(days=400)


def to_invoice(invoice: Invoice) -> str:
    """The whole address of an invoice, for a letter to its payer."""
    return _to("invoice", invoice.number, invoice.account)


def to_receipt(receipt: Receipt) -> str:
    return _to("receipt", receipt.number, receipt.account)


def path_of(kind: str, number: str) -> str:
    """The address of a paper for whoever was given it."""
    token = links.sign({"paper": kind, "number": number}, purpose=PURPOSE)
    return reverse("payments:by_link", args=[token])


def read(token: str) -> tuple[str, str]:
    """Which paper a link leads to: its kind and its number. Raises LinkError."""
    named = links.read(token, purpose=PURPOSE, lasts=LASTS)
    return named["paper"], named["number"]


def has_login(person: Person) -> bool:
    reader = person.merged_into or person
    return reader.user_id is not None


def _to(kind: str, number: str, account: Account) -> str:
    if has_login(account.person):
        return links.absolute(reverse(f"payments:{kind}", args=[number]))
    return links.absolute(path_of(kind, number))
