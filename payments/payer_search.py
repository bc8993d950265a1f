"""Whom the office means by a typed reference, invoice, member number, address or name."""

import re

from django.db.models import QuerySet

from payments.bank_lines import CannotMatch, invoice_for
from payments.models import Account, Invoice
from payments.references import PREFIX

_INVOICE = re.compile(r"CMS-\d{4}-\d{4,}")
_REFERENCE = re.compile(r"(?:CMS)?(\d{7})")
_MEMBER = re.compile(r"CM-?(\d{1,6})")
MOST_NAMED = 5


def invoice_of(typed: str, *, pence: int) -> Invoice:
    """The invoice that money of a typed payer goes to. Raises CannotMatch with how to mend it."""
    written = " ".join(typed.split())
    capitals = written.upper().replace(" ", "")
    if _INVOICE.fullmatch(capitals):
        invoice = Invoice.objects.filter(number=capitals).select_related("account").first()
        if invoice is None:
            raise CannotMatch(f"There is no invoice {capitals}.")
        return invoice
    return invoice_for(_only(_found(written, capitals), written), pence)


def _found(written: str, capitals: str) -> QuerySet[Account]:
    accounts = Account.objects.select_related("person__merged_into").order_by("payment_reference")
    if reference := _REFERENCE.fullmatch(capitals):
        return accounts.filter(payment_reference=PREFIX + reference[1])
    if member := _MEMBER.fullmatch(capitals):
        return accounts.filter(person__membership__number=int(member[1]))
    if "@" in written:
        return accounts.filter(person__email__iexact=written)
    given, _space, family = written.rpartition(" ")
    named = accounts.filter(person__family_name__iexact=family, person__merged_into=None)
    return named.filter(person__given_name__istartswith=given) if given else named


def _only(found: QuerySet[Account], written: str) -> Account:
    several = list(found[: MOST_NAMED + 1])
    if not several:
        raise CannotMatch(
            f"Nobody with a fee was found for “{written[:60]}”. Type a reference such as "
            "CMS1234566, an invoice, a member number, an e-mail address or a name."
        )
    if len(several) > 1:
        who = ", ".join(
            f"{one.person.name} {one.payment_reference}" for one in several[:MOST_NAMED]
        )
        raise CannotMatch(f"Several people fit: {who}. Type the reference of one.")
    return several[0]
