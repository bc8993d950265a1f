"""The only writer of a bank line's state: booked, split, left alone, or taken back again.

new -> auto, suggested, unmatched; these -> posted, split, ignored, transfer; posted -> reversed,
which waits to be matched again. Each step locks the line first, then its payer.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.one_by_one import each
from foundation.pence import pounds
from foundation.under_way import Tell, unheard
from membership.models import User
from payments import invoicing, paypal_account, settlement
from payments.models import Account, BankLine, Entry, Invoice

State = BankLine.State
DECIDED = (
    *("state", "reason", "account", "invoice", "mirrors", "posted_pence"),
    *("decided_by", "decided_at"),
)


class CannotMatch(ValueError):
    """The line cannot be matched like this; the text says why and is fit for people."""


class NotWaiting(CannotMatch):
    """Somebody was quicker, or the button was pressed twice."""

    def __init__(self) -> None:
        super().__init__("This line was dealt with before. It counts once.")


@dataclass(frozen=True)
class Part:
    """Some of a line's pence, for one invoice."""

    invoice_id: int
    pence: int


def post_proved(*, at: dt.datetime, tell: Tell = unheard) -> int:
    """Book every line that is proved and still waits; how many. A killed run is finished so."""
    waiting = BankLine.objects.filter(state=State.AUTO).order_by("on", "pk")
    lines = list(enumerate(waiting.values_list("pk", flat=True), 1))

    def post(line: tuple[int, int]) -> bool:
        tell(line[0], len(lines))
        return _post(line[1], at=at)

    return sum(each(lines, post))


@transaction.atomic
def _post(line_id: int, *, at: dt.datetime) -> bool:
    """Once more under the locks: what is due may have been paid since."""
    locked = BankLine.objects.select_for_update(of=("self",)).select_related("invoice")
    line = locked.get(pk=line_id)
    if line.state != State.AUTO or line.invoice is None:
        return False
    invoice = line.invoice
    if invoice.rest_pence != line.pence:
        line.state, line.reason = State.SUGGESTED, "What is due has changed since the import."
        line.save(update_fields=["state", "reason"])
        return False
    _book(line, [Part(invoice.pk, line.pence)], by=None, at=at)
    return True


@transaction.atomic
def accept(line_id: int, *, by: User, at: dt.datetime) -> BankLine:
    """Book the suggestion of a line. Raises CannotMatch where it has none."""
    line = _waiting(line_id)
    if line.state != State.SUGGESTED or line.account is None:
        raise CannotMatch("This line has no suggestion. Say for whom it is.")
    if line.mirrors is not None:
        return _return(line, line.mirrors, by=by, at=at)
    if line.pence <= 0:
        raise CannotMatch("Only money that came can be booked.")
    invoice = line.invoice or invoice_for(line.account, line.pence)
    return _book(line, [Part(invoice.pk, line.pence)], by=by, at=at)


@transaction.atomic
def match(line_id: int, parts: Sequence[Part], *, by: User, at: dt.datetime) -> BankLine:
    """Book a line for one invoice, or split it. Raises CannotMatch unless the parts fill it."""
    line = _waiting(line_id)
    if line.pence <= 0:
        raise CannotMatch("Only money that came can be booked.")
    if not parts or any(part.pence <= 0 for part in parts):
        raise CannotMatch("Enter an amount above zero for each payer.")
    missing = line.pence - sum(part.pence for part in parts)
    if missing:
        words = "missing" if missing > 0 else "too much"
        raise CannotMatch(
            f"The line is {pounds(line.pence)}: {pounds(abs(missing))} {words}. "
            "Every penny must be for somebody."
        )
    return _book(line, parts, by=by, at=at)


@transaction.atomic
def ignore(line_id: int, *, reason: str, by: User, at: dt.datetime) -> BankLine:
    """It is no payment of a member; the reason says what it is."""
    return _leave(line_id, State.IGNORED, reason, by=by, at=at)


@transaction.atomic
def mark_transfer(line_id: int, *, reason: str, by: User, at: dt.datetime) -> BankLine:
    """It is the society's own money, from another account."""
    return _leave(line_id, State.TRANSFER, reason, by=by, at=at)


@transaction.atomic
def mark_payout(line_id: int, *, reason: str, by: User, at: dt.datetime) -> BankLine:
    """PayPal paid out what it held for us; a debit is what PayPal took from the bank."""
    line = _leave(line_id, State.PAYOUT, reason, by=by, at=at)
    paypal_account.book_payout(line.pk, at=at)
    return line


@transaction.atomic
def look_again(line_id: int, *, by: User, at: dt.datetime) -> BankLine:
    """Put a line that was left alone back among those to match. Raises CannotMatch."""
    line = BankLine.objects.select_for_update().get(pk=line_id)
    if not line.is_left_alone or not line.pence:
        raise CannotMatch("Only money that was left alone can be looked at again.")
    paypal_account.take_back_payout(line, by=by, at=at)
    line.state, line.reason = State.UNMATCHED, ""
    return _decided(line, by=by, at=at)


@transaction.atomic
def take_back(line_id: int, *, reason: str, by: User, at: dt.datetime) -> BankLine:
    """Undo a booking by reversing entries; the line is to be matched again.

    A membership that was paid for so stays as it is, and the office's home names it.
    Raises CannotMatch where nothing is booked.
    """
    line = BankLine.objects.select_for_update().get(pk=line_id)
    if not line.is_booked:
        raise CannotMatch("Nothing is booked for this line, so nothing can be undone.")
    if line.mirrored_by.filter(state__in=BankLine.BOOKED).exists():
        raise CannotMatch("The bank took this payment back already.")
    for entry in _booked_entries(line) if line.pence > 0 else _returning_entries(line):
        on = timezone.localdate(at)
        settlement.take_back(entry, on=on, at=at, by=by, note=reason, bank_line=line)
    line.state, line.posted_pence = State.REVERSED, 0
    line.reason = f"Taken back: {reason}"[:300]
    line.account = line.invoice = line.mirrors = None
    return _decided(line, by=by, at=at)


def invoice_for(account: Account, pence: int) -> Invoice:
    """Where money for a payer goes: the open invoice nearest in sum, else the newest of all.

    Money that no open invoice asks for becomes credit. Raises CannotMatch without any invoice.
    """
    people = [account.person]
    while people[-1].merged_into and people[-1].merged_into not in people:
        people.append(people[-1].merged_into)
    invoices = Invoice.objects.filter(account__person__in=people).order_by("-issued_on", "-pk")
    payable = list(invoices.payable())
    if payable:
        return min(payable, key=lambda one: abs(one.rest_pence - pence))
    newest = invoices.exclude(state=Invoice.State.VOID).first() or invoices.first()
    if newest is None:
        raise CannotMatch(f"{account.payment_reference} has no invoice yet, so nothing was asked.")
    return newest


def _waiting(line_id: int) -> BankLine:
    """The line under lock, while it waits for somebody."""
    locked = BankLine.objects.select_for_update(of=("self",))
    line = locked.select_related("account__person", "invoice", "mirrors").get(pk=line_id)
    if not line.waits:
        raise NotWaiting
    return line


def _book(line: BankLine, parts: Sequence[Part], *, by: User | None, at: dt.datetime) -> BankLine:
    """Book each part through the one funnel; a line that is booked anew has new keys."""
    invoicing.lock_payers([part.invoice_id for part in parts])
    is_anew = line.decided_at is not None
    before = line.entries.filter(kind=Entry.Kind.PAYMENT).count() if is_anew else 0
    entries = [
        settlement.settle(_received(line, part, nth, by=by, at=at), at=at).entry
        for nth, part in enumerate(sorted(parts, key=lambda one: one.invoice_id), before + 1)
    ]
    line.state = State.POSTED if len(entries) == 1 else State.SPLIT
    line.posted_pence = line.pence
    line.account = entries[0].account if len(entries) == 1 else None
    line.invoice = entries[0].invoice if len(entries) == 1 else None
    return _decided(line, by=by, at=at)


def _received(
    line: BankLine, part: Part, nth: int, *, by: User | None, at: dt.datetime
) -> settlement.Received:
    """Banks date what comes on a Sunday on Monday: money came today at the latest."""
    return settlement.Received(
        invoice_id=part.invoice_id,
        pence=part.pence,
        method=Entry.Method.BANK,
        source_key=f"bank:{line.pk}" if nth == 1 else f"bank:{line.pk}:{nth}",
        occurred_on=min(line.on, timezone.localdate(at)),
        by=by,
        bank_line=line,
        note=line.text,
    )


def _return(line: BankLine, credit: BankLine, *, by: User, at: dt.datetime) -> BankLine:
    """The bank took a payment back: its entries are reversed, named by the debit."""
    locked = BankLine.objects.select_for_update().get(pk=credit.pk)
    if locked.state != State.POSTED or locked.posted_pence != -line.pence:
        raise CannotMatch("The payment that this line takes back is not booked any more.")
    booked = _booked_entries(locked)
    if sum(entry.pence for entry in booked) != -line.pence:
        raise CannotMatch("The payment that this line takes back was taken back before.")
    for entry in booked:
        note = "Returned by the bank"
        settlement.take_back(entry, on=line.on, at=at, by=by, note=note, bank_line=line)
    line.state, line.posted_pence = State.POSTED, line.pence
    return _decided(line, by=by, at=at)


def _booked_entries(line: BankLine) -> list[Entry]:
    """What is booked for a line and stands, also after a return of it was undone."""
    own = Q(bank_line=line) | Q(reverses__reverses__bank_line=line)
    return _in_order(Entry.objects.filter(own, pence__gt=0, reversed_by=None))


def _returning_entries(line: BankLine) -> list[Entry]:
    """What a returned payment took back."""
    return _in_order(line.entries.filter(pence__lt=0, reversed_by=None))


def _in_order(entries: QuerySet[Entry]) -> list[Entry]:
    """In the order in which payers are locked."""
    return list(entries.select_related("account__person", "invoice").order_by("account_id", "pk"))


def _leave(line_id: int, state: str, reason: str, *, by: User, at: dt.datetime) -> BankLine:
    line = _waiting(line_id)
    line.state, line.reason = state, reason.strip()[:300]
    line.account = line.invoice = line.mirrors = None
    return _decided(line, by=by, at=at)


def _decided(line: BankLine, *, by: User | None, at: dt.datetime) -> BankLine:
    line.decided_by, line.decided_at = by, at
    line.save(update_fields=DECIDED)
    return line
