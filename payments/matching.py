"""Whose money a line is: proof is booked by itself, hints are put to a person. Pure.

Proof is one whole reference, and a sum that exactly one open invoice of its payer asks for.
Everything else is a suggestion with points and its reasons in words, or nothing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from payments import reference_search
from payments.payers import Book, Owed, Payer, name_key, plain_capitals
from payments.reference_search import Found, Hint

AMOUNT_POINTS = 20
SURNAME_POINTS = 16
GIVEN_NAME_POINTS = 6
SEEN_POINTS = 18
ONLY_SUM_POINTS = 8
MOST_POINTS = 99
PROOF_POINTS = 100
OLD_MONEY = dt.timedelta(days=366)
"""Money that came so long before the invoice was for another one."""
SAME_MONEY = dt.timedelta(days=3)
"""The same sum, booked for the same payer within these days, may be the same money."""
MOST_OTHERS = 3


class Outcome(StrEnum):
    """What follows for a line."""

    PROVED = "proved"
    SUGGESTED = "suggested"
    UNMATCHED = "unmatched"
    TRANSFER = "transfer"
    PAYOUT = "payout"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line says. `own_words` tell transfers between the society's own accounts."""

    on: dt.date
    pence: int
    text: str
    payer_key: str = ""
    is_sterling: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is fit for people. `others` are accounts that fit nearly or quite as well."""

    outcome: Outcome
    reason: str = ""
    account_id: int | None = None
    invoice_id: int | None = None
    points: int = 0
    others: tuple[int, ...] = ()


_PAYPAL = re.compile(r"\bPAYPAL\b", re.IGNORECASE)
_PAYOUT = re.compile(r"TRANSFER|PAY-?OUT|PYMT|PAYMENT|EUROPE|\bPPL?\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z]+(?:['’-][A-Z]+)*")


def judge(line: Credit, book: Book, *, seen: Iterable[int] = ()) -> Verdict:
    """What follows for one line; `seen` are the accounts for which its payer paid before."""
    if line.pence <= 0:
        return Verdict(Outcome.IGNORED, "No money came." if not line.pence else "Money went out.")
    if not line.is_sterling:
        return Verdict(Outcome.IGNORED, "Not in pounds: only pounds are matched.")
    whole = reference_search.whole_references(line.text)
    if not whole and (transfer := _transfer(line, book)):
        return transfer
    named = [book.by_digits[digits] for digits in whole if digits in book.by_digits]
    if len(whole) == len(named) == 1:
        return _named(line, book, named[0])
    if len(named) > 1:
        accounts = tuple(payer.account_id for payer in named)
        words = f"{len(named)} references are there: split the sum between them."
        return Verdict(Outcome.UNMATCHED, words, others=accounts)
    found = _candidates(line, book, seen)
    return _best(line, found) if found else Verdict(Outcome.UNMATCHED)


PAYOUT = "PayPal's pay-out: counted when it came to PayPal."


def _transfer(line: Credit, book: Book) -> Verdict | None:
    if _PAYPAL.search(line.text) and _PAYOUT.search(_PAYPAL.sub("", line.text)):
        return Verdict(Outcome.PAYOUT, PAYOUT)
    if book.own_words and any(word in name_key(line.text) for word in book.own_words):
        return Verdict(Outcome.TRANSFER, "A transfer between the society's own accounts.")
    return None


def _named(line: Credit, book: Book, payer: Payer) -> Verdict:
    """The line has one whole reference: what keeps it from being proof?"""
    asked = [owed for owed in payer.owed if owed.rest_pence == line.pence]
    doubt = _doubt(line, book, payer, asked)
    if doubt:
        owed = _closest(line, payer.owed)
        words = f"{_capital(WHOLE)}. {doubt}"
        invoice_id = owed.invoice_id if owed else None
        return Verdict(Outcome.SUGGESTED, words, payer.account_id, invoice_id, Found.WHOLE + 20)
    words = f"{_capital(WHOLE)}, and the sum is what is due."
    return Verdict(Outcome.PROVED, words, payer.account_id, asked[0].invoice_id, PROOF_POINTS)


WHOLE = reference_search.WORDS[Found.WHOLE]


SAME_MONEY_WORDS = "The same sum was booked for this payer within three days: is it the same money?"


def is_booked(line: Credit, book: Book, account_id: int | None) -> bool:
    """Whether the same sum was booked for a payer about the same day: it may be the same money."""
    booked = book.booked.get(account_id, ()) if account_id is not None else ()
    return any(pence == line.pence and abs(on - line.on) <= SAME_MONEY for pence, on in booked)


def _doubt(line: Credit, book: Book, payer: Payer, asked: Sequence[Owed]) -> str:
    """Why a whole reference is not proof; nothing where it is."""
    if not payer.owed:
        return "Nothing is due from this payer: it would be credit."
    if not asked:
        return "The sum is not what is due."
    if len(asked) > 1:
        return "Several invoices ask for this sum."
    if line.on < asked[0].issued_on - OLD_MONEY:
        return "It came more than a year before the invoice."
    return SAME_MONEY_WORDS if is_booked(line, book, payer.account_id) else ""


@dataclass
class _Candidate:
    payer: Payer
    points: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: int, reason: str) -> None:
        self.points += points
        self.reasons.append(reason)


class _Candidates:
    """Who is hinted at, each with points and reasons."""

    def __init__(self) -> None:
        self.found: dict[int, _Candidate] = {}

    def add(self, payer: Payer, points: int, reason: str) -> None:
        self.found.setdefault(payer.account_id, _Candidate(payer)).add(points, reason)


def _candidates(line: Credit, book: Book, seen: Iterable[int]) -> list[_Candidate]:
    """Everybody whom the reference, the payer, the name or, failing these, the sum points to."""
    hinted = _Candidates()
    for hint in _hints(line, book):
        hinted.add(book.by_digits[hint.digits], hint.found, reference_search.WORDS[hint.found])
    for account_id in seen:
        if account_id in book.by_account:
            words = "this payer has paid for them before"
            hinted.add(book.by_account[account_id], SEEN_POINTS, words)
    _add_named(hinted, line, book)
    for candidate in hinted.found.values():
        if _asks(candidate.payer, line.pence):
            candidate.add(AMOUNT_POINTS, "the sum is what is due")
    if not hinted.found and len(only := book.by_sum.get(line.pence, [])) == 1:
        hinted.add(only[0], ONLY_SUM_POINTS, "nobody else owes this sum")
    return list(hinted.found.values())


def _add_named(hinted: _Candidates, line: Credit, book: Book) -> None:
    """Debtors whose surname, and perhaps first name, is a word of the text."""
    if not book.by_surname:
        return
    words = set(_NAME.findall(plain_capitals(line.text)))
    for word in words:
        for payer in book.by_surname.get(name_key(word), ()):
            hinted.add(payer, SURNAME_POINTS, "the surname is in the text")
            if payer.given_name and plain_capitals(payer.given_name).split()[0] in words:
                hinted.add(payer, GIVEN_NAME_POINTS, "so is the first name")


def _hints(line: Credit, book: Book) -> list[Hint]:
    """References that are nearly there; a beginning only where one payer alone fits."""
    hints = reference_search.hints(line.text, book.by_digits)
    if hints:
        return hints
    for beginning in reference_search.cut_beginnings(line.text):
        fits = [payer for payer in book.beginning_with(beginning) if _asks(payer, line.pence)]
        if len(fits) == 1:
            return [Hint(fits[0].digits, Found.CUT)]
    return []


def _best(line: Credit, found: list[_Candidate]) -> Verdict:
    """The one with most points; a tie is said, and the others are named."""
    found.sort(key=lambda one: (-one.points, one.payer.account_id))
    best = found[0]
    reasons = "; ".join(dict.fromkeys(best.reasons))
    ties = [one for one in found[1:] if one.points == best.points]
    words = f"{_capital(reasons)}."
    if ties:
        words += f" {len(ties)} others fit as well." if len(ties) > 1 else " Another fits as well."
    if not _asks(best.payer, line.pence):
        words += " The sum is not what is due."
    owed = _closest(line, best.payer.owed)
    return Verdict(
        Outcome.SUGGESTED,
        words,
        best.payer.account_id,
        owed.invoice_id if owed else None,
        min(best.points - 10 * bool(ties), MOST_POINTS),
        tuple(one.payer.account_id for one in found[1 : 1 + MOST_OTHERS]),
    )


def _asks(payer: Payer, pence: int) -> bool:
    return any(owed.rest_pence == pence for owed in payer.owed)


def _closest(line: Credit, owed: Sequence[Owed]) -> Owed | None:
    """The open invoice whose sum is nearest to the line's, the oldest of equals."""
    return min(
        owed, key=lambda one: (abs(one.rest_pence - line.pence), one.issued_on), default=None
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
