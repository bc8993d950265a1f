"""A file is taken whole or not at all, its lines once, and what is proved is booked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from foundation.models import Letter
from payments import bank_import, bank_lines
from payments.bank_import import A_CHUNK
from payments.ledger_checks import violations
from payments.models import BankAccount, BankFile, BankLine, Entry, Invoice
from payments.statements import StatementRefused
from tests.factories import A_DAY, A_MOMENT, make_officer, make_person
from tests.payments.banking import (
    DAY,
    credit,
    make_bank_account,
    make_debtor,
    reference_of,
    sent,
    states,
    take,
    the_line,
)
from tests.payments.money import is_active, money_of, receive
from tests.payments.statement_files import WRITERS, Row, first_direct, lloyds, ofx, starling

pytestmark = pytest.mark.django_db
OTHER = Row(A_DAY, 5000, "A CLIENT LTD", "INVOICE 17")
SHOP = Row(A_DAY, -1999, "A SHOP", "PAPER")


def test_a_whole_reference_and_the_exact_sum_book_themselves_and_activate():
    invoice = make_debtor()

    tally = take(credit(invoice), OTHER, SHOP)

    assert states() == ["posted", "unmatched", "ignored"]
    assert money_of(invoice) == [7200]
    assert tally.counts == {"ignored": (1, -1999), "posted": (1, 7200), "unmatched": (1, 5000)}
    entry = Entry.objects.payments().get()
    assert (entry.source_key, entry.bank_line, entry.occurred_on) == (
        f"bank:{entry.bank_line_id}",
        BankLine.objects.get(state="posted"),
        A_DAY,
    )
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["receipt", "welcome"]
    assert list(violations()) == []


@pytest.mark.parametrize("layout", WRITERS)
def test_every_layout_leads_to_the_same_booking(layout):
    invoice = make_debtor()

    take(credit(invoice), write=WRITERS[layout])

    assert (states()[0], money_of(invoice)) == ("posted", [7200])


def test_money_for_a_day_to_come_came_today():
    """Banks date what comes at a weekend on Monday."""
    invoice = make_debtor()

    take(credit(invoice, on=A_DAY + DAY))

    assert Entry.objects.payments().get().occurred_on == A_DAY


def test_with_the_setting_off_even_proof_is_confirmed_by_a_person(settings):
    settings.STATEMENT_AUTO_POST = False
    invoice = make_debtor()

    take(credit(invoice))

    assert (states(), money_of(invoice)) == (["suggested"], [])


def test_two_lines_for_one_invoice_book_one_of_them():
    invoice = make_debtor()

    take(credit(invoice), credit(invoice, payer="Q OTHER"))

    assert states() == ["posted", "suggested"]
    assert money_of(invoice) == [7200]


def test_money_that_was_recorded_by_hand_is_not_booked_again():
    """The same person may owe the same sum once more."""
    invoice = make_debtor()
    receive(invoice, 7200, occurred_on=A_DAY)
    invoice.state, invoice.paid_pence, invoice.paid_on = "issued", 0, None
    Invoice.objects.bulk_update([invoice], ["state", "paid_pence", "paid_on"])

    take(credit(invoice))

    assert states() == ["suggested"]
    assert "is it the same money?" in the_line().reason


def test_an_old_reference_finds_whoever_it_was_merged_into():
    new, old = make_debtor(), make_debtor()
    Invoice.objects.filter(pk=old.pk).update(state="void")
    old.payer.merged_into = new.payer
    old.payer.save()

    take(credit(new, words=reference_of(old)))

    assert (states(), money_of(new)) == (["posted"], [7200])


def test_a_payer_is_learned_once_the_office_has_confirmed_them():
    first, second = make_debtor(7200), make_debtor(8100)
    employer = {"payer": "BIG EMPLOYER LIMITED", "words": "FEES"}
    take(credit(first, **employer))
    line = the_line()
    bank_lines.match(line.pk, [bank_lines.Part(first.pk, 7200)], by=make_officer(), at=A_MOMENT)

    take(credit(first, 100, on=A_DAY - DAY, **employer))

    learned = BankLine.objects.latest("pk")
    assert (learned.state, learned.account) == ("suggested", first.account)
    assert "This payer has paid for them before" in learned.reason
    assert money_of(second) == []


# Once, and whole --------------------------------------------------------------------------------


def rows_of_two_days(invoice):
    return [credit(invoice), OTHER, Row(A_DAY - DAY, 100, "A CLIENT LTD", "OLD")]


def test_a_file_that_was_taken_before_changes_nothing():
    invoice = make_debtor()
    rows = rows_of_two_days(invoice)
    take(*rows)

    again = take(*rows)

    assert (again.is_known, again.known, BankLine.objects.count()) == (True, 3, 3)
    assert money_of(invoice) == [7200]


def test_lines_of_files_that_overlap_are_taken_once():
    invoice = make_debtor()
    old, new = Row(A_DAY - DAY, 100, "OLD", "LINE"), Row(A_DAY, 200, "NEW", "LINE")
    take(old, credit(invoice))

    later = take(credit(invoice), new)

    assert (later.known, later.file.new_count, BankLine.objects.count()) == (1, 1, 3)
    assert money_of(invoice) == [7200]


@pytest.mark.parametrize("write", [lloyds, first_direct, starling, ofx])
def test_twins_are_two_even_where_one_comes_in_a_later_file(write):
    twin = Row(A_DAY, 100, "TWIN", "COFFEE MORNING")
    take(twin, write=write)

    take(twin, twin, write=write)
    take(twin, twin, OTHER, write=write)

    assert BankLine.objects.filter(pence=100).count() == 2


def test_twins_that_stand_far_apart_are_two_however_often_they_come():
    others = [replace(OTHER, pence=1_000 + number) for number in range(A_CHUNK)]
    rows = (SHOP, *others, SHOP)

    take(*rows)
    take(*rows, replace(OTHER, pence=1))

    assert BankLine.objects.filter(pence=SHOP.pence).count() == 2
    assert BankLine.objects.count() == A_CHUNK + 3


def test_equal_sums_of_two_days_or_two_accounts_are_two():
    take(OTHER, Row(OTHER.on - DAY, OTHER.pence, OTHER.payer, OTHER.words))
    take(OTHER, bank_account=make_bank_account("Reserve"))

    assert BankLine.objects.count() == 3


def test_a_bank_that_gives_one_id_to_two_sums_loses_none():
    content = ofx([OTHER, SHOP]).replace(b"F0000001", b"F0000000")

    bank_import.take(bank_import.Sent(content, "a.ofx", make_bank_account()), by=None, at=A_MOMENT)

    assert BankLine.objects.count() == 2


def test_a_file_with_one_bad_row_is_refused_whole_and_no_letter_goes():
    invoice = make_debtor()
    good = sent(credit(invoice), OTHER)
    bad = bank_import.Sent(good.content.replace(b"50.00", b"5O.00"), "bad.csv", good.bank_account)

    with pytest.raises(StatementRefused, match="Line 3: “5O"):
        bank_import.take(bad, by=None, at=A_MOMENT)

    assert (BankFile.objects.count(), BankLine.objects.count()) == (0, 0)
    assert (money_of(invoice), Letter.objects.count()) == ([], 0)


def test_a_file_that_is_too_large_is_refused(settings):
    file = sent(OTHER)
    settings.STATEMENT_MAX_BYTES = len(file.content)
    bank_import.rehearse(file, by=None, at=A_MOMENT)
    settings.STATEMENT_MAX_BYTES -= 1

    with pytest.raises(StatementRefused, match="Import it in parts"):
        bank_import.rehearse(file, by=None, at=A_MOMENT)


def test_a_rehearsal_says_the_same_and_stores_nothing():
    invoice = make_debtor()
    file = sent(credit(invoice), OTHER, SHOP)

    rehearsed = bank_import.rehearse(file, by=None, at=A_MOMENT)
    before = (BankFile.objects.count(), BankLine.objects.count(), money_of(invoice))
    taken = bank_import.take(file, by=None, at=A_MOMENT)

    assert before == (0, 0, [])
    assert rehearsed.counts == taken.counts
    assert (rehearsed.file.first_on, rehearsed.file.credits_pence) == (A_DAY, 12_200)


def test_an_import_that_was_killed_before_booking_is_finished_by_the_next_run():
    invoice = make_debtor()
    bank_import.store(sent(credit(invoice)), by=None, at=A_MOMENT)
    waiting = (states(), money_of(invoice))

    booked = (bank_lines.post_proved(at=A_MOMENT), bank_lines.post_proved(at=A_MOMENT))

    assert waiting == (["auto"], [])
    assert (booked, states(), money_of(invoice)) == ((1, 0), ["posted"], [7200])
    assert Invoice.objects.get().state == "paid"


def test_what_was_paid_between_import_and_booking_is_not_paid_again():
    invoice = make_debtor()
    bank_import.store(sent(credit(invoice)), by=None, at=A_MOMENT)
    receive(invoice, 7200)

    bank_lines.post_proved(at=A_MOMENT)

    assert (states(), money_of(invoice)) == (["suggested"], [7200])


def test_nobody_is_a_member_by_a_suggestion_alone():
    invoice = make_debtor()

    take(credit(invoice, 7199))

    assert (states(), is_active(invoice)) == (["suggested"], False)


def test_more_lines_ask_no_more_of_the_database():
    def queries(number):
        rows = [replace(OTHER, pence=5_000 + number + each) for each in range(number)]
        with CaptureQueriesContext(connection) as asked:
            take(*rows)
        return len(asked)

    take(OTHER)

    assert queries(3) == queries(30)


# Returns, transfers, balances ---------------------------------------------------------------------


def test_a_returned_payment_is_suggested_against_the_credit_that_it_mirrors():
    invoice = make_debtor()
    take(credit(invoice))
    back = Row(A_DAY + DAY, -7200, "P EXAMPLE", f"RETURNED {reference_of(invoice)}")

    take(back, at=A_MOMENT + 2 * DAY)

    line = BankLine.objects.latest("pk")
    assert (line.state, line.mirrors.pence, line.account) == ("suggested", 7200, invoice.account)


@pytest.mark.parametrize(
    ("pence", "days", "words"),
    [(-7199, 1, "RETURNED"), (-7200, 61, "RETURNED"), (-7200, 1, "A CHEQUE")],
)
def test_other_money_that_went_out_is_left_alone(pence, days, words):
    invoice = make_debtor()
    take(credit(invoice))

    take(Row(A_DAY + days * DAY, pence, "P EXAMPLE", words))

    assert states() == ["posted", "ignored"]


def test_a_return_in_the_file_of_its_payment_is_found_in_either_order():
    invoice = make_debtor()
    back = Row(A_DAY, -7200, "P EXAMPLE", f"UNPAID {reference_of(invoice)}")

    take(back, credit(invoice))

    assert states() == ["suggested", "posted"]


def test_balances_and_our_own_transfers_are_left_alone():
    make_bank_account("Reserve", own_words="CMSUK RESERVE\n")
    take(Row(A_DAY, 100_000, "CMSUK RESERVE", "TOP UP"), Row(A_DAY, 100, "PAYPAL", "TRANSFER"),
         write=WRITERS["natwest"])  # fmt: skip

    assert states() == ["transfer", "payout", "ignored"]
    assert BankLine.objects.get(pence=0).reason == "A balance, not a payment."


def test_accounts_are_named_once_whatever_their_case():
    make_bank_account("Current account")

    with pytest.raises(IntegrityError):
        BankAccount.objects.create(name="CURRENT ACCOUNT")


def test_money_from_before_somebody_was_known_is_kept_for_a_person():
    take(Row(A_DAY - dt.timedelta(days=400), 7200, "Z STRANGER", "CMS1234563"))

    assert (states(), make_person().pk > 0) == (["unmatched"], True)
