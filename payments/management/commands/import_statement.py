"""Imports a bank statement and prints what became of every line as JSON."""

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from membership.models import Membership
from payments import bank_import
from payments.bank_import import Result, Sent, Tally
from payments.models import Account, BankAccount
from payments.statements import StatementRefused


class Command(BaseCommand):
    help = (
        "Import a bank's file into an account (made where there is none), book what is proved and "
        "print a JSON list of its lines. --dry-run works the same out and stores nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--account", required=True, metavar="NAME")
        parser.add_argument("--dry-run", action=argparse.BooleanOptionalAction, default=False)
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, file: Path, account: str, dry_run: bool, **options: Any) -> None:
        if not account.strip():
            raise CommandError("Name the bank account: --account NAME.")
        try:
            self._rehearse(file, account) if dry_run else self._take(file, account)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except StatementRefused as error:
            raise CommandError(f"{file.name} was refused. {error}") from error

    def _take(self, file: Path, name: str) -> None:
        """A refused file leaves no account behind, either."""
        now = timezone.now()
        with transaction.atomic():
            sent = Sent(file, file.name, _account(name))
            tally = bank_import.store(sent, by=None, at=now)
        bank_import.finish(tally, at=now)
        self._tell(sent, tally)

    def _rehearse(self, file: Path, name: str) -> None:
        with transaction.atomic():
            sent = Sent(file, file.name, _account(name))
            self._tell(sent, bank_import.store(sent, by=None, at=timezone.now()))
            transaction.set_rollback(True)

    def _tell(self, sent: Sent, tally: Tally) -> None:
        """A JSON list, a line of the statement in each line of it."""
        before = "["
        for row in _told(sent, tally):
            self.stdout.write(f"{before}\n{json.dumps(row, ensure_ascii=False)}", ending="")
            before = ","
        self.stdout.write("[]" if before == "[" else "\n]")


def _account(name: str) -> BankAccount:
    found = BankAccount.objects.filter(name__iexact=name.strip()).first()
    return found or BankAccount.objects.create(name=name.strip()[:80])


def _told(sent: Sent, tally: Tally) -> Iterator[dict[str, object]]:
    results = bank_import.results(sent, tally)
    while chunk := list(islice(results, bank_import.A_CHUNK)):
        references, numbers = _named(one.account_id for one in chunk if one.account_id)
        for one in chunk:
            yield _row(one, references, numbers)


def _row(result: Result, references: dict[int, str], numbers: dict[int, str]) -> dict[str, object]:
    line = result.line
    return {
        "line": line.number,
        "date": line.on.isoformat(),
        "pence": line.pence,
        "payer": line.payer,
        "text": line.text,
        "reference": references.get(result.account_id or 0, ""),
        "state": result.state,
        "member_number": numbers.get(result.account_id or 0, ""),
        "reason": result.reason,
    }


def _named(account_ids: Iterable[int]) -> tuple[dict[int, str], dict[int, str]]:
    """References and member numbers of these payers."""
    accounts = Account.objects.filter(pk__in=set(account_ids))
    people = dict(accounts.values_list("person_id", "pk"))
    members = Membership.objects.filter(person__in=people)
    numbers = {people[member.person_id]: member.written_number for member in members}
    return dict(accounts.values_list("pk", "payment_reference")), numbers
