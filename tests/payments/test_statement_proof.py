"""A year at the bank: nothing goes to a wrong member, every whole reference is booked, once."""

from collections import Counter

import pytest
from django.db import transaction

from cmsuk.made_up import bulk
from payments import bank_import
from payments.bank_import import Sent
from payments.ledger_checks import violations
from payments.models import BankLine, Entry
from tests.factories import A_MOMENT
from tests.payments.banking import make_bank_account
from tests.payments.mangling import MANGLED, PROOF, Debtor, statement
from tests.payments.statement_files import WRITERS
from tests.profiles import CHOSEN, LONG

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

MEMBERS, LINES, LINES_OF_OTHERS = (3_000, 20_000, 500) if CHOSEN == LONG else (70, 200, 40)
# Of those whose reference was mangled so, at least this share is suggested for the right payer.
SUGGESTED = {
    "one wrong digit": 0.95,
    "two digits swapped": 0.95,
    "letters that look alike": 0.95,
    "prefix cut": 0.95,
    "end cut": 0.6,
}
MAIN = "lloyds"


@pytest.fixture
def debtors(monkeypatch):
    monkeypatch.setattr(bulk, "ONE_IN_WHICH_OWES", 1)
    made = bulk.populate(members=MEMBERS, records=0, seed=7, at=A_MOMENT)
    return [Debtor(one.reference, one.surname, one.fee_due_pence) for one in made]


def outcome_of(told, sent):
    """For each row: its kind, the state of its line, and whether the right payer is named."""
    file = bank_import.BankFile.objects.get(sha256=sent.sha256)
    lines = file.lines.select_related("account").order_by("position")
    return [
        (one, line, bool(line.account and one.debtor)
         and line.account.payment_reference == one.debtor.reference)
        for one, line in zip(told, lines, strict=False)
    ]  # fmt: skip


def wrong(outcome):
    """Lines that were booked for somebody else, or for anybody although they were no fee."""
    return [
        (one.kind, line.text)
        for one, line, is_right in outcome
        if line.state == BankLine.State.POSTED and not is_right
    ]


def rates(outcome):
    """Of each kind, the share that is booked or suggested for the right payer."""
    all_of = Counter(one.kind for one, _line, _right in outcome)
    right = Counter(one.kind for one, _line, is_right in outcome if is_right)
    return {kind: right[kind] / all_of[kind] for kind in MANGLED if all_of[kind]}


def take(told, layout):
    sent = Sent(WRITERS[layout]([one.row for one in told]), f"{layout}.csv", make_bank_account())
    bank_import.take(sent, by=None, at=A_MOMENT)
    return sent


def everything():
    lines = BankLine.objects.order_by("pk").values_list("pk", "state", "posted_pence")
    return list(lines), list(Entry.objects.order_by("pk").values_list("pk", "pence"))


def test_a_year_at_every_bank(debtors):
    """Each bank's year is taken back again, so that everybody owes in the next one."""
    for layout in WRITERS:
        with transaction.atomic():
            a_year_at(layout, debtors)
            transaction.set_rollback(True)


def a_year_at(layout, debtors):
    told = statement(debtors, lines=LINES if layout == MAIN else LINES_OF_OTHERS, seed=3)

    sent = take(told, layout)

    outcome = outcome_of(told, sent)
    twins = {one.debtor.reference for one, _, _ in outcome if one.kind == "twin"}
    whole = [(one, line) for one, line, _ in outcome if one.kind in PROOF]
    unbooked = [one for one, line in whole if line.state != "posted"]
    assert (layout, wrong(outcome)) == (layout, [])
    assert (layout, [one for one in unbooked if one.debtor.reference not in twins]) == (layout, [])
    assert list(violations()) == []
    found = rates(outcome)
    print(f"{layout}, {len(told)} lines:", {kind: f"{rate:.1%}" for kind, rate in found.items()})  # noqa: T201
    if layout == MAIN:
        assert {kind: found[kind] for kind, least in SUGGESTED.items() if found[kind] < least} == {}


def test_imported_twice_nothing_changes(debtors):
    told = statement(debtors, lines=LINES_OF_OTHERS, seed=4)
    take(told, MAIN)
    before = everything()

    take(told, MAIN)
    take(told[: len(told) // 2], MAIN)

    assert everything() == before
