"""Many at once, on a real PostgreSQL: a file is taken once, a line is booked once."""

import pytest
from django.utils import timezone

from membership.models import Membership
from payments import bank_import, bank_lines
from payments.bank_lines import CannotMatch, Part
from payments.ledger_checks import violations
from payments.models import BankFile, BankLine, Entry
from tests.factories import make_officer
from tests.payments.banking import credit, make_debtor, make_line, sent, the_line
from tests.payments.money import money_of
from tests.races import at_once, refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
SEVERAL = range(6)


def test_one_file_sent_by_several_at_once_is_taken_once():
    invoices = [make_debtor() for _ in range(3)]
    file = sent(*(credit(one) for one in invoices))

    at_once(lambda: bank_import.take(file, by=None, at=timezone.now()) for _ in SEVERAL)

    assert (BankFile.objects.count(), BankLine.objects.count()) == (1, 3)
    assert [money_of(one) for one in invoices] == [[7200]] * 3
    assert Membership.objects.count() == 3
    assert list(violations()) == []


def test_several_sweeps_at_once_book_each_line_once():
    invoices = [make_debtor() for _ in range(3)]
    bank_import.store(sent(*(credit(one) for one in invoices)), by=None, at=timezone.now())

    booked = at_once(lambda: bank_lines.post_proved(at=timezone.now()) for _ in SEVERAL)

    assert sum(booked) == 3
    assert [money_of(one) for one in invoices] == [[7200]] * 3


def test_a_line_accepted_by_several_at_once_is_booked_once():
    invoice, officer = make_debtor(), make_officer()
    bank_import.take(sent(credit(invoice, 7199)), by=None, at=timezone.now())
    line = the_line()

    ends = at_once(
        (lambda: bank_lines.accept(line.pk, by=officer, at=timezone.now()) for _ in SEVERAL),
        refusals=(CannotMatch,),
    )

    assert refused(ends).count(False) == 1
    assert money_of(invoice) == [7199]


def test_a_booking_undone_by_several_at_once_is_undone_once():
    invoice, officer = make_debtor(), make_officer()
    bank_import.take(sent(credit(invoice)), by=None, at=timezone.now())
    line = the_line()

    def take_back():
        bank_lines.take_back(line.pk, reason="Wrong member", by=officer, at=timezone.now())

    at_once((take_back for _ in SEVERAL), refusals=(CannotMatch,))

    assert money_of(invoice) == [7200, -7200]


def test_splits_that_lock_the_same_payers_do_not_wait_in_a_ring():
    first, second, officer = make_debtor(7200), make_debtor(9000), make_officer()
    lines = [make_line(2_000) for _ in SEVERAL]

    def split(line, parts):
        return bank_lines.match(line.pk, parts, by=officer, at=timezone.now())

    at_once(
        lambda line=line, parts=parts: split(line, parts)
        for line, parts in zip(
            lines,
            [
                [Part(first.pk, 1_000), Part(second.pk, 1_000)],
                [Part(second.pk, 1_000), Part(first.pk, 1_000)],
            ]
            * 3,
            strict=True,
        )
    )

    assert Entry.objects.payments().count() == 2 * len(SEVERAL)
    assert list(violations()) == []
