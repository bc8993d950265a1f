"""One line is booked once, for one or for several, and undone only by another entry."""

import pytest
import time_machine

from foundation import history
from payments import bank_lines
from payments.bank_lines import CannotMatch, NotWaiting, Part
from payments.ledger_checks import violations
from payments.models import BankLine, Entry, Invoice
from payments.settlement import settled_and_undone
from tests.factories import A_DAY, A_MOMENT, make_officer
from tests.payments.banking import DAY, credit, make_debtor, make_line, reference_of, take, the_line
from tests.payments.money import is_active, money_of, receive
from tests.payments.statement_files import Row

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


def suggested(pence=7199):
    """A line whose sum is not what is due, and the invoice that it is suggested for."""
    invoice = make_debtor()
    take(credit(invoice, pence))
    return the_line(), invoice


def booked():
    invoice = make_debtor()
    take(credit(invoice))
    return the_line(), invoice


def reread(line):
    return BankLine.objects.get(pk=line.pk)


def test_an_accepted_suggestion_is_booked_with_whatever_really_came(officer):
    line, invoice = suggested(7199)

    bank_lines.accept(line.pk, by=officer, at=A_MOMENT)

    assert (reread(line).state, reread(line).decided_by) == ("posted", officer)
    assert money_of(invoice) == [7199]
    assert not is_active(invoice)


def test_accepting_twice_books_once(officer):
    line, invoice = suggested()
    bank_lines.accept(line.pk, by=officer, at=A_MOMENT)

    with pytest.raises(NotWaiting):
        bank_lines.accept(line.pk, by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7199]


def test_a_line_without_a_suggestion_cannot_be_accepted(officer):
    with pytest.raises(CannotMatch, match="has no suggestion"):
        bank_lines.accept(make_line().pk, by=officer, at=A_MOMENT)


def test_money_of_somebody_who_owes_nothing_becomes_credit(officer):
    invoice = make_debtor()
    receive(invoice, 7200)
    take(credit(invoice, 7200, on=A_DAY - 30 * DAY))

    bank_lines.accept(the_line().pk, by=officer, at=A_MOMENT)

    assert invoice.account.balance_pence() == 7200


@time_machine.travel(A_MOMENT, tick=False)
def test_one_line_is_split_over_several_payers(officer):
    first, second = make_debtor(7200), make_debtor(9000)
    line = make_line(16_200)

    bank_lines.match(
        line.pk, [Part(first.pk, 7200), Part(second.pk, 9000)], by=officer, at=A_MOMENT
    )

    assert reread(line).state == "split"
    assert (money_of(first), money_of(second)) == ([7200], [9000])
    assert (is_active(first), is_active(second)) == (True, True)
    keys = Entry.objects.payments().order_by("pk").values_list("source_key", flat=True)
    assert list(keys) == [f"bank:{line.pk}", f"bank:{line.pk}:2"]
    assert list(violations()) == []


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        ((7200, 8999), "£0.01 missing"),
        ((7200, 9001), "£0.01 too much"),
        ((16_201, -1), "above zero"),
        ((), "above zero"),
    ],
)
def test_a_split_must_fill_the_line_to_the_penny(officer, pence, words):
    invoices = [make_debtor(7200), make_debtor(9000)]
    parts = [Part(one.pk, each) for one, each in zip(invoices, pence, strict=False)]

    with pytest.raises(CannotMatch, match=words):
        bank_lines.match(make_line(16_200).pk, parts, by=officer, at=A_MOMENT)

    assert not Entry.objects.payments().exists()


def test_a_line_is_left_alone_with_a_reason_and_looked_at_again(officer):
    line = make_line()

    bank_lines.ignore(line.pk, reason="Interest", by=officer, at=A_MOMENT)
    left = reread(line)
    bank_lines.look_again(line.pk, by=officer, at=A_MOMENT)

    assert (left.state, left.reason) == ("ignored", "Interest")
    assert (reread(line).state, reread(line).reason) == ("unmatched", "")


def test_a_transfer_is_no_payment(officer):
    line = make_line()

    bank_lines.mark_transfer(line.pk, reason="From the reserve", by=officer, at=A_MOMENT)

    assert (reread(line).state, Entry.objects.count()) == ("transfer", 0)


def test_only_money_that_came_and_was_left_alone_is_looked_at_again(officer):
    line, _invoice = booked()
    for one in (line, make_line(), make_line(0, state="ignored", reason="Zero")):
        with pytest.raises(CannotMatch):
            bank_lines.look_again(one.pk, by=officer, at=A_MOMENT)


def test_undoing_adds_an_entry_and_the_line_waits_again(officer):
    line, invoice = booked()

    bank_lines.take_back(line.pk, reason="Wrong member", by=officer, at=A_MOMENT)

    undone = reread(line)
    assert (undone.state, undone.posted_pence, undone.waits) == ("reversed", 0, True)
    assert undone.reason == "Taken back: Wrong member"
    assert money_of(invoice) == [7200, -7200]
    assert Invoice.objects.get(pk=invoice.pk).state == "issued"
    assert history.of(invoice.payer.history_key).first().verb == "payment undone"
    assert list(violations()) == []


@time_machine.travel(A_MOMENT, tick=False)
def test_undoing_ends_no_membership_and_puts_it_before_a_person(officer):
    line, invoice = booked()

    bank_lines.take_back(line.pk, reason="Wrong member", by=officer, at=A_MOMENT)

    assert is_active(invoice)
    assert list(settled_and_undone()) == [invoice]


def test_what_was_undone_is_booked_anew_for_the_right_payer(officer):
    line, wrong = booked()
    right = make_debtor()
    bank_lines.take_back(line.pk, reason="Wrong member", by=officer, at=A_MOMENT)

    bank_lines.match(line.pk, [Part(right.pk, 7200)], by=officer, at=A_MOMENT)

    assert (money_of(wrong), money_of(right)) == ([7200, -7200], [7200])
    assert reread(line).state == "posted"
    assert list(violations()) == []


def test_undoing_a_split_undoes_every_part(officer):
    first, second = make_debtor(7200), make_debtor(9000)
    line = make_line(16_200)
    parts = [Part(first.pk, 7200), Part(second.pk, 9000)]
    bank_lines.match(line.pk, parts, by=officer, at=A_MOMENT)

    bank_lines.take_back(line.pk, reason="Mistake", by=officer, at=A_MOMENT)

    assert (money_of(first), money_of(second)) == ([7200, -7200], [9000, -9000])


def test_nothing_is_undone_twice_or_before_it_is_booked(officer):
    line, invoice = booked()
    bank_lines.take_back(line.pk, reason="Mistake", by=officer, at=A_MOMENT)

    with pytest.raises(CannotMatch, match="Nothing is booked"):
        bank_lines.take_back(line.pk, reason="Mistake", by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7200, -7200]


def returned():
    line, invoice = booked()
    take(Row(A_DAY, -7200, "P EXAMPLE", f"RETURNED {reference_of(invoice)}"))
    return line, BankLine.objects.get(pence=-7200), invoice


def test_an_accepted_return_takes_the_payment_back(officer):
    line, back, invoice = returned()

    bank_lines.accept(back.pk, by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7200, -7200]
    assert (reread(line).state, reread(back).state) == ("posted", "posted")
    assert list(settled_and_undone()) == [invoice]
    assert list(violations()) == []


def test_a_payment_that_the_bank_took_back_is_not_undone_again(officer):
    line, back, invoice = returned()
    bank_lines.accept(back.pk, by=officer, at=A_MOMENT)

    with pytest.raises(CannotMatch):
        bank_lines.take_back(line.pk, reason="Mistake", by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7200, -7200]


def test_a_return_that_was_accepted_by_mistake_is_undone_and_may_come_again(officer):
    line, back, invoice = returned()
    bank_lines.accept(back.pk, by=officer, at=A_MOMENT)

    bank_lines.take_back(back.pk, reason="It was a printer's bill", by=officer, at=A_MOMENT)
    undone = reread(back).state, reread(line).state, Invoice.objects.get(pk=invoice.pk).state
    bank_lines.ignore(back.pk, reason="A printer's bill", by=officer, at=A_MOMENT)
    take(Row(A_DAY, -7200, "P EXAMPLE", f"UNPAID {reference_of(invoice)}"))
    again = BankLine.objects.get(state="suggested")
    bank_lines.accept(again.pk, by=officer, at=A_MOMENT)

    assert undone == ("reversed", "posted", "paid")
    assert money_of(invoice) == [7200, -7200, 7200, -7200]
    assert list(settled_and_undone()) == [invoice]
    assert list(violations()) == []


def test_what_was_booked_is_undone_after_a_return_of_it_was(officer):
    line, back, invoice = returned()
    bank_lines.accept(back.pk, by=officer, at=A_MOMENT)
    bank_lines.take_back(back.pk, reason="Mistake", by=officer, at=A_MOMENT)

    bank_lines.take_back(line.pk, reason="Wrong member", by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7200, -7200, 7200, -7200]
    assert (reread(line).state, list(violations())) == ("reversed", [])


def test_a_return_of_what_was_undone_meanwhile_is_refused(officer):
    line, back, invoice = returned()
    bank_lines.take_back(line.pk, reason="Mistake", by=officer, at=A_MOMENT)

    with pytest.raises(CannotMatch, match="not booked any more"):
        bank_lines.accept(back.pk, by=officer, at=A_MOMENT)

    assert money_of(invoice) == [7200, -7200]


def test_money_that_went_out_cannot_be_booked_for_anybody(officer):
    invoice = make_debtor()
    line = make_line(-7200)

    with pytest.raises(CannotMatch, match="Only money that came"):
        bank_lines.match(line.pk, [Part(invoice.pk, 7200)], by=officer, at=A_MOMENT)
