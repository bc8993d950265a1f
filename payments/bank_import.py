"""Takes a bank's file: every line stored once in one transaction, then what is proved is booked.

A file whose row cannot be read is refused whole: nothing is stored and no letter goes. Lines are
booked after that, one transaction each, so that a process that is killed leaves lines which the
next run or the sweep books; none is booked twice.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from foundation.under_way import Tell, unheard
from membership.models import User
from payments import bank_feed, bank_lines, bank_returns, paypal_account
from payments.bank_judging import Judging
from payments.models import BankAccount, BankFile, BankLine
from payments.statements import Line, Statement, StatementRefused, columns_for, read
from payments.statements.decoding import Content, pieces_of, size
from payments.statements.identity import Identities

A_CHUNK = 1_000
State = BankLine.State
UPSHOT = {
    State.AUTO: "posted",
    State.POSTED: "posted",
    State.SPLIT: "posted",
    State.SUGGESTED: "suggested",
    State.UNMATCHED: "unmatched",
    State.REVERSED: "unmatched",
    State.IGNORED: "ignored",
    State.TRANSFER: "ignored",
    State.PAYOUT: "ignored",
}
KNOWN = "already_known"
UNSEEN = (State.AUTO, State.PAYOUT)

TellLines = Callable[[int], None]
"""Hears after every chunk how many lines are read."""


def unheard_lines(_read: int) -> None:
    """Where nobody asks."""


@dataclass(frozen=True)
class Sent:
    """A bank's file, as it was sent."""

    content: Content
    name: str
    bank_account: BankAccount

    @cached_property
    def sha256(self) -> str:
        sha256 = hashlib.sha256()
        for piece in pieces_of(self.content):
            sha256.update(piece)
        return sha256.hexdigest()

    def statement(self) -> Statement:
        """Raises StatementRefused where it is none."""
        if size(self.content) > settings.STATEMENT_MAX_BYTES:
            megabytes = settings.STATEMENT_MAX_BYTES // 1_000_000
            raise StatementRefused(f"This file has more than {megabytes} MB. Import it in parts.")
        sets = self.bank_account.column_sets.all()
        known = [
            columns_for(f"Columns of {self.bank_account.name}", one.signature, one.roles)
            for one in sets
        ]
        return read(self.content, known=known)


@dataclass(frozen=True)
class Result:
    """What became of one line of the file."""

    line: Line
    state: str
    reason: str = ""
    account_id: int | None = None


@dataclass
class Tally:
    """What a file holds, or would. Sums in pence; `known` lines had been taken before, and lines
    just like those `elsewhere` stand in a statement of another account.
    """

    layout: str
    file: BankFile
    is_known: bool = False
    known: int = 0
    elsewhere: int = 0
    holders: set[str] = field(default_factory=set)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def posted(self) -> int:
        return self.counts.get("posted", (0, 0))[0]


def take(sent: Sent, *, by: User | None, at: dt.datetime) -> Tally:
    """Import the file and book what is proved. Raises StatementRefused; then nothing happened."""
    tally = store(sent, by=by, at=at)
    return finish(tally, at=at)


def finish(tally: Tally, *, at: dt.datetime, tell: Tell = unheard) -> Tally:
    """Book what is proved, outside the transaction that stored it, and look at the feed's age."""
    bank_lines.post_proved(at=at, tell=tell)
    paypal_account.book_missing(at=at)
    bank_feed.watch(at=at)
    return counted(tally)


def rehearse(
    sent: Sent, *, by: User | None, at: dt.datetime, tell: TellLines = unheard_lines
) -> Tally:
    """What `take` would do, worked out the same way and taken back; nothing is stored."""
    with transaction.atomic():
        tally = counted(store(sent, by=by, at=at, tell=tell))
        transaction.set_rollback(True)
    return tally


def results(sent: Sent, tally: Tally) -> Iterator[Result]:
    """What became of each line, in the order of the file; the file is read once more."""
    stored = tally.file.lines.values("position", "state", "reason", "account_id")
    rows = stored.order_by("position").iterator()
    row = next(rows, None)
    for position, line in enumerate(sent.statement().lines(), 1):
        is_stored = row is not None and row["position"] == position
        yield _result(line, row if is_stored else None, is_known=tally.is_known)
        row = next(rows, None) if is_stored else row


def _result(line: Line, row: Mapping[str, Any] | None, *, is_known: bool) -> Result:
    if row is None or is_known:
        account_id = row["account_id"] if row else None
        return Result(line, KNOWN, "This line was imported before.", account_id)
    return Result(line, UPSHOT[State(row["state"])], row["reason"], row["account_id"])


@transaction.atomic
def store(
    sent: Sent, *, by: User | None, at: dt.datetime, tell: TellLines = unheard_lines
) -> Tally:
    """Keep the file and its new lines; nothing where this very file was taken before.

    Raises StatementRefused; then nothing is kept.
    """
    BankAccount.objects.select_for_update().get(pk=sent.bank_account.pk)
    statement = sent.statement()
    known = BankFile.objects.filter(bank_account=sent.bank_account, sha256=sent.sha256).first()
    if known:
        return Tally(statement.layout, known, is_known=True, known=known.lines_count)
    file = BankFile.objects.create(
        bank_account=sent.bank_account,
        name=sent.name[:120],
        sha256=sent.sha256,
        layout=statement.layout,
        imported_at=at,
        imported_by=by,
    )
    tally = Tally(statement.layout, file)
    with Identities() as identities:
        _store_lines(statement.lines(), tally, identities, tell)
    file.save()
    bank_returns.suggest(file)
    return tally


def _store_lines(
    lines: Iterator[Line], tally: Tally, identities: Identities, tell: TellLines
) -> None:
    """In chunks, so that memory does not grow with the file."""
    file, judging = tally.file, Judging()
    is_first = not file.bank_account.lines.exists()
    others = BankLine.objects.exclude(bank_account=file.bank_account).exists()
    position = 1
    while chunk := list(islice(lines, A_CHUNK)):
        named = [(identities.name(line), line) for line in chunk]
        known = set() if is_first else _known_of(file.bank_account, [name for name, _ in named])
        rows = [
            _row(file, at, name, line)
            for at, (name, line) in enumerate(named, position)
            if name not in known
        ]
        judged = judging.of(rows)
        tally.elsewhere += _doubt_twins(file.bank_account, judged) if others else 0
        BankLine.objects.bulk_create(judged)
        position += len(chunk)
        _add_up(tally, chunk, new=len(rows))
        tell(tally.file.lines_count)


def _known_of(bank_account: BankAccount, identities: list[str]) -> set[str]:
    found = BankLine.objects.filter(bank_account=bank_account, identity__in=identities)
    return set(found.values_list("identity", flat=True))


def _doubt_twins(bank_account: BankAccount, lines: list[BankLine]) -> int:
    """A line that another account has just so may be the same money: nobody books it unseen."""
    twins = BankLine.objects.exclude(bank_account=bank_account).filter(
        identity__in=[line.identity for line in lines]
    )
    at = dict(twins.order_by("-pk").values_list("identity", "bank_account__name"))
    doubted = [line for line in lines if line.identity in at]
    for line in doubted:
        if line.state in UNSEEN:
            line.state = State.SUGGESTED if line.account_id else State.UNMATCHED
            line.reason = f"The same line was imported for “{at[line.identity]}”: is it this money?"
    return len(doubted)


def _row(file: BankFile, position: int, identity: str, line: Line) -> tuple[BankLine, Line]:
    text = line.text if line.payer in line.text else f"{line.payer} {line.text}"
    return (
        BankLine(
            bank_account_id=file.bank_account_id,
            bank_file_id=file.pk,
            position=position,
            number=line.number,
            identity=identity,
            on=line.on,
            pence=line.pence,
            payer=line.payer[:140],
            text=text,
            balance_pence=line.balance_pence,
        ),
        line,
    )


def _add_up(tally: Tally, chunk: list[Line], *, new: int) -> None:
    file = tally.file
    file.lines_count += len(chunk)
    file.new_count += new
    tally.known += len(chunk) - new
    for line in chunk:
        if line.pence > 0:
            file.credits_pence += line.pence
        else:
            file.debits_pence += line.pence
        tally.holders.add(line.holder)
    days = [line.on for line in chunk]
    file.first_on = min(filter(None, (file.first_on, *days)))
    file.last_on = max(filter(None, (file.last_on, *days)))


def counted(tally: Tally) -> Tally:
    """How many new lines, and pence, ended in which way. One query."""
    if not tally.is_known:
        states = tally.file.lines.values("state").annotate(count=Count("pk"), sum=Sum("pence"))
        for row in states.order_by("state"):
            upshot = UPSHOT[State(row["state"])]
            count, pence = tally.counts.get(upshot, (0, 0))
            tally.counts[upshot] = (count + row["count"], pence + row["sum"])
    return tally
