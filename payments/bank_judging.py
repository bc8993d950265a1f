"""Puts the rules of matching to new lines, a chunk at a time, with what they need to know."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.conf import settings

from payments import bank_book
from payments.matching import SAME_MONEY_WORDS, Credit, Outcome, Verdict, is_booked, judge
from payments.models import BankLine
from payments.payers import Book, payer_key
from payments.statements import Line
from payments.statements.lines import STERLING

State = BankLine.State
STATES = {
    Outcome.PROVED: State.AUTO,
    Outcome.SUGGESTED: State.SUGGESTED,
    Outcome.UNMATCHED: State.UNMATCHED,
    Outcome.TRANSFER: State.TRANSFER,
    Outcome.PAYOUT: State.PAYOUT,
    Outcome.IGNORED: State.IGNORED,
}
TWICE = "Another line of this statement pays what is due."


class Judging:
    """Loads the payers once; an invoice is proved to be paid by one line of a file at most."""

    def __init__(self) -> None:
        self._paid: set[int] = set()

    @cached_property
    def book(self) -> Book:
        return bank_book.load()

    def of(self, rows: Sequence[tuple[BankLine, Line]]) -> list[BankLine]:
        """The same lines, each with its state, reason and payer."""
        came = [_credit(row, line) for row, line in rows]
        seen = bank_book.seen_payers(one.payer_key for one in came)
        verdicts = [judge(one, self.book, seen=seen.get(one.payer_key, ())) for one in came]
        self._look_for_the_same_money(came, verdicts)
        for (row, line), credit, verdict in zip(rows, came, verdicts, strict=True):
            row.payer_key = credit.payer_key
            _write(row, self._once(verdict))
            if line.is_balance:
                row.reason = "A balance, not a payment."
        return [row for row, _line in rows]

    def _look_for_the_same_money(self, came: list[Credit], verdicts: list[Verdict]) -> None:
        """What is proved is judged once more, knowing what was booked for these payers before; of
        a suggestion it is said.
        """
        named = [at for at, one in enumerate(verdicts) if one.account_id is not None]
        if not named:
            return
        accounts = [account for at in named if (account := verdicts[at].account_id) is not None]
        self.book.booked = bank_book.booked_transfers(accounts)
        for at in named:
            if verdicts[at].outcome is Outcome.PROVED:
                verdicts[at] = judge(came[at], self.book)
            elif is_booked(came[at], self.book, verdicts[at].account_id):
                reason = f"{verdicts[at].reason} {SAME_MONEY_WORDS}"
                verdicts[at] = replace(verdicts[at], reason=reason)

    def _once(self, verdict: Verdict) -> Verdict:
        if verdict.outcome is not Outcome.PROVED or verdict.invoice_id is None:
            return verdict
        if verdict.invoice_id in self._paid:
            return replace(verdict, outcome=Outcome.SUGGESTED, reason=TWICE, points=TWICE_POINTS)
        self._paid.add(verdict.invoice_id)
        if settings.STATEMENT_AUTO_POST:
            return verdict
        return replace(verdict, outcome=Outcome.SUGGESTED)


TWICE_POINTS = 60


def _credit(row: BankLine, line: Line) -> Credit:
    return Credit(
        on=row.on,
        pence=row.pence,
        text=row.text,
        payer_key=payer_key(row.payer, row.text) if row.pence > 0 else "",
        is_sterling=line.currency == STERLING,
    )


def _write(row: BankLine, verdict: Verdict) -> None:
    row.state = STATES[verdict.outcome]
    row.reason = verdict.reason[:300]
    row.points = verdict.points
    row.account_id, row.invoice_id = verdict.account_id, verdict.invoice_id
    row.others = list(verdict.others)
