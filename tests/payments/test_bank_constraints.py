"""Tries to break every constraint of the tables of bank statements."""

import pytest
from django.db import IntegrityError, transaction

from payments.models import (
    BankAccount,
    BankFile,
    BankLine,
    Entry,
    LedgerIsAppendOnly,
    StatementColumns,
)
from tests.factories import A_MOMENT, make_officer
from tests.payments.banking import make_bank_account, make_debtor, make_line, take
from tests.payments.statement_files import Row

pytestmark = pytest.mark.django_db


def _an_account_named_twice():
    make_bank_account("Main")
    BankAccount.objects.create(name="MAIN")


def _an_account_without_a_name():
    BankAccount.objects.create(name="")


def _a_file_taken_twice():
    line = make_line()
    BankFile.objects.create(
        bank_account=line.bank_account, sha256=line.bank_file.sha256, imported_at=A_MOMENT
    )


def _a_layout_explained_twice():
    for _ in range(2):
        StatementColumns.objects.create(
            bank_account=make_bank_account(),
            signature="s",
            roles={},
            told_at=A_MOMENT,
            told_by=make_officer(),
        )


def _a_line_kept_twice():
    make_line(identity="the same")
    make_line(identity="the same")


def _more_booked_than_came():
    make_line(7200, state="posted", posted_pence=7201)


def _a_debit_booked_as_a_credit():
    make_line(-7200, state="posted", posted_pence=7200)


def _booked_in_part():
    make_line(7200, state="posted", posted_pence=7199)


def _booked_and_waiting():
    make_line(7200, state="unmatched", posted_pence=7200)


def _nothing_booked():
    make_line(0, state="posted")


def _a_suggestion_of_nobody():
    make_line(state="suggested")


def _booking_itself_for_no_invoice():
    make_line(state="auto", account=make_debtor().account)


def _ignored_without_a_reason():
    make_line(state="ignored")


def _a_transfer_without_a_reason():
    make_line(state="transfer")


def _a_pay_out_without_a_reason():
    make_line(state="payout")


BREAKERS = (
    ("bank_accounts_are_named_once", _an_account_named_twice),
    ("bank_accounts_have_a_name", _an_account_without_a_name),
    ("a_bank_file_is_taken_once", _a_file_taken_twice),
    ("a_layout_is_explained_once", _a_layout_explained_twice),
    ("a_bank_line_is_kept_once", _a_line_kept_twice),
    ("a_line_is_booked_up_to_its_sum", _more_booked_than_came),
    ("a_line_is_booked_up_to_its_sum", _a_debit_booked_as_a_credit),
    ("booked_lines_are_booked_whole", _booked_in_part),
    ("booked_lines_are_booked_whole", _booked_and_waiting),
    ("booked_lines_are_booked_whole", _nothing_booked),
    ("suggestions_name_a_payer_or_a_payment", _a_suggestion_of_nobody),
    ("lines_that_book_themselves_name_an_invoice", _booking_itself_for_no_invoice),
    ("lines_left_alone_have_a_reason", _ignored_without_a_reason),
    ("lines_left_alone_have_a_reason", _a_transfer_without_a_reason),
    ("lines_left_alone_have_a_reason", _a_pay_out_without_a_reason),
)


@pytest.mark.parametrize(
    ("name", "breaker"), BREAKERS, ids=[breaker.__name__.strip("_") for _, breaker in BREAKERS]
)
def test_the_database_refuses(name, breaker):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        breaker()

    words = str(refused.value)
    assert any(rule in words for rule in (name, "UNIQUE constraint failed", "posted"))


def test_every_constraint_has_a_test_that_tries_to_break_it():
    models = (BankAccount, BankFile, BankLine, StatementColumns)
    named = {one.name for model in models for one in model._meta.constraints}

    assert named == {name for name, _breaker in BREAKERS}


def test_a_line_that_is_booked_cannot_be_deleted_with_its_entry():
    take(Row(A_MOMENT.date(), 7200, "P EXAMPLE", make_debtor().account.payment_reference))

    with pytest.raises(LedgerIsAppendOnly):
        Entry.objects.filter(bank_line__isnull=False).delete()
