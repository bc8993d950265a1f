"""Loads everybody who may pay by transfer, for the rules that match lines to them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from membership.models import Person
from payments.models import Account, BankAccount, BankLine, Entry, Invoice
from payments.models.ledger import InvoiceQuerySet
from payments.payers import Book, Owed, Payer
from payments.references import PREFIX


def load() -> Book:
    """Four queries, however many payers: accounts, open invoices, names of debtors, our words."""
    root = _roots()
    owed: defaultdict[int, list[Owed]] = defaultdict(list)
    for invoice in open_invoices().select_related("account").iterator():
        person_id = root.get(invoice.account.person_id, invoice.account.person_id)
        owed[person_id].append(Owed(invoice.pk, invoice.rest_pence, invoice.issued_on))
    names = _names(owed)
    accounts = Account.objects.order_by("pk").values_list("pk", "payment_reference", "person_id")
    payers = (
        _payer(pk, reference, root.get(person_id, person_id), owed, names)
        for pk, reference, person_id in accounts.iterator()
    )
    return Book.of(payers, own_words=_own_words())


def open_invoices() -> InvoiceQuerySet:
    """Invoices for which money is awaited, without those that are only waiting to be withdrawn."""
    gone = Q(fee__cancelled_at__isnull=False) | Q(fee__waived_at__isnull=False)
    return Invoice.objects.payable().exclude(gone).order_by("pk")


def seen_payers(keys: Iterable[str]) -> dict[str, set[int]]:
    """For whom these payers' money was booked before: learned from what the office confirmed."""
    seen: defaultdict[str, set[int]] = defaultdict(set)
    booked = BankLine.objects.filter(state=BankLine.State.POSTED, payer_key__in=set(keys) - {""})
    for key, account_id in booked.values_list("payer_key", "account_id").distinct():
        if account_id is not None:
            seen[key].add(account_id)
    return seen


def booked_transfers(accounts: Iterable[int]) -> dict[int, list[tuple[int, dt.date]]]:
    """Sums in pence, and days, of the transfers that were booked for these payers."""
    booked: defaultdict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    stands = Q(reversed_by=None) | Q(reversed_by__reversed_by__isnull=False)
    entries = Entry.objects.filter(
        stands, account__in=set(accounts), kind=Entry.Kind.PAYMENT, method=Entry.Method.BANK
    )
    for account_id, pence, on in entries.values_list("account_id", "pence", "occurred_on"):
        booked[account_id].append((pence, on))
    return booked


def _payer(
    pk: int,
    reference: str,
    person_id: int,
    owed: dict[int, list[Owed]],
    names: dict[int, tuple[str, str]],
) -> Payer:
    digits = reference.removeprefix(PREFIX)
    if person_id not in owed:
        return Payer(pk, digits)
    family_name, given_name = names[person_id]
    return Payer(pk, digits, family_name, given_name, tuple(owed[person_id]))


def _names(people: Iterable[int]) -> dict[int, tuple[str, str]]:
    found = Person.objects.filter(pk__in=list(people))
    return {pk: (family, given) for pk, family, given in found.values_list(*NAME)}


NAME = ("pk", "family_name", "given_name")


def _roots() -> dict[int, int]:
    """Who a person was merged into in the end, so that an old reference finds them for life."""
    merged = Person.objects.filter(merged_into__isnull=False)
    into: dict[int, int] = dict(merged.values_list("pk", "merged_into_id"))
    return {person_id: _follow(person_id, into) for person_id in into}


def _follow(person_id: int, into: dict[int, int]) -> int:
    passed = set()
    while person_id in into and person_id not in passed:
        passed.add(person_id)
        person_id = into[person_id]
    return person_id


def _own_words() -> list[str]:
    words = [
        line
        for text in BankAccount.objects.values_list("own_words", flat=True)
        for line in text.splitlines()
    ]
    return [*words, str(settings.BANK_DETAILS["account_number"]).strip("0")]
