"""Credit on account: money that no invoice needs pays the next one, and not a penny is lost."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.models import Letter
from membership import standing
from payments import by_hand, credit, invoicing, refunds
from payments.ledger_checks import violations
from payments.models import Account, Entry, Invoice, Refund
from tests.factories import A_DAY, A_MOMENT, make_fee, make_member, make_officer, make_person
from tests.payments.money import (
    free_credit,
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    money_of,
    pay_by_paypal,
    receive,
    state_of,
)
from tests.profiles import times

pytestmark = pytest.mark.django_db


def overpaid(pence, person=None):
    """An invoice of 72 pounds that is paid with so much more."""
    invoice = make_invoice(7200, person)
    receive(invoice, 7200 + pence)
    return invoice


def renewal_of(invoice, pence=7200):
    return invoicing.raise_for(make_fee(invoice.payer, pence, purpose="renewal"), at=A_MOMENT)


def use(invoice, by=None):
    return credit.use(invoice.pk, by=by, at=A_MOMENT)


def test_what_was_paid_too_much_is_credit_also_once_the_next_invoice_is_there():
    first = overpaid(800)
    before = free_credit(first)
    renewal_of(first)

    assert (before, free_credit(first)) == (800, 800)


def test_money_that_is_due_is_no_credit():
    invoice = make_invoice(7200)
    receive(invoice, 5000)

    assert free_credit(invoice) == 0


@pytest.mark.parametrize(
    ("state", "free"), [("requested", 0), ("pending", 0), ("failed", 7200), ("completed", 7200)]
)
def test_what_paypal_is_about_to_give_back_is_no_credit(state, free):
    invoice = make_invoice(7200)
    receive(invoice, 14400)
    is_open = state in Refund.OPEN
    make_refund(
        make_paid_attempt(invoice),
        amount_pence=7200,
        state=state,
        finished_at=None if is_open else A_MOMENT,
        next_check_at=A_MOMENT if is_open else None,
    )

    assert free_credit(invoice) == free


def test_money_on_its_way_back_through_paypal_is_neither_used_nor_sent_back_by_bank(paypal):
    attempt = pay_by_paypal(paypal)
    receive(attempt.invoice, 7200)
    renewal = renewal_of(attempt.invoice)
    asked = refunds.request(
        attempt.pk, pence=7200, effect="keep", note="", key="one", by=make_officer(), at=A_MOMENT
    )

    with pytest.raises(credit.NoCreditToUse):
        use(renewal)
    with pytest.raises(by_hand.CannotBook):
        by_hand.pay_back(
            attempt.invoice.account_id,
            pence=7200,
            occurred_on=A_DAY,
            note="",
            key="by bank",
            by=make_officer(),
            at=A_MOMENT,
        )
    refunds.send(asked.pk, at=A_MOMENT)

    assert (state_of(attempt.invoice), state_of(renewal)) == (("paid", 7200), ("issued", 0))
    assert (free_credit(attempt.invoice), list(violations())) == (0, [])


def test_a_part_of_a_withdrawn_invoice_is_credit():
    invoice = make_invoice(7200)
    receive(invoice, 5000)
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()
    invoicing.withdraw(invoice.pk, at=A_MOMENT)

    assert free_credit(invoice) == 5000


def test_credit_pays_a_part_and_the_letter_names_the_rest():
    first = overpaid(800)
    second = renewal_of(first)

    used = use(second)

    assert (used, state_of(second), state_of(first)) == (
        800,
        ("part_paid", 800),
        ("paid", 7200),
    )
    assert (second.rest_pence, free_credit(first)) == (6400, 0)
    text = Letter.objects.get(kind="credit_used").text
    assert "£8.00 of your credit" in text
    assert "Still to pay: £64.00" in text
    assert list(violations()) == []


@pytest.mark.parametrize(
    ("pence", "state", "left"), [(7199, "part_paid", 0), (7200, "paid", 0), (7201, "paid", 1)]
)
def test_a_penny_on_each_side_of_the_next_fee(pence, state, left):
    first = overpaid(pence)
    second = renewal_of(first)

    use(second)

    assert (state_of(second)[0], free_credit(first)) == (state, left)
    assert second.payer.fees.filter(purpose="renewal", settled_on=A_DAY).exists() == (
        state == "paid"
    )


def test_credit_that_pays_all_of_a_fee_begins_what_it_is_for():
    first = overpaid(7200)
    until = standing.of(first.payer, A_DAY).until

    use(renewal_of(first))

    ends = first.payer.fees.order_by("-ends_on").first().ends_on
    assert ends > until
    assert "is paid in full" in Letter.objects.get(kind="credit_used").text


def test_credit_of_several_invoices_is_used_the_oldest_first():
    person = make_person()
    first, second = overpaid(300, person), overpaid(500, person)
    third = renewal_of(first, 600)

    use(third)

    assert (state_of(first)[1], state_of(second)[1]) == (7200, 7400)
    assert (state_of(third), free_credit(third)) == (("paid", 600), 200)
    assert list(violations()) == []


def test_credit_is_used_once_however_often_it_is_asked_for():
    second = renewal_of(overpaid(800))
    use(second)

    with pytest.raises(credit.NoCreditToUse, match="no credit"):
        use(second)

    assert money_of(second) == [800]


@pytest.mark.parametrize("state", ["capturing", "pending"])
def test_credit_waits_while_paypal_is_taking_money_for_the_same_invoice(state):
    second = renewal_of(overpaid(800))
    make_attempt(
        second,
        state=state,
        order_id="O-1",
        approval_url="https://example.org",
        capture_request_id="capture-1",
        capture_id="C-1" if state == "pending" else "",
    )

    with pytest.raises(credit.NoCreditToUse, match="PayPal is confirming"):
        use(second)

    assert money_of(second) == []


def test_nothing_is_used_for_an_invoice_that_is_paid_or_of_a_fee_that_is_not_asked_for():
    first = overpaid(800)
    second = renewal_of(first)
    second.fee.cancelled_at = A_MOMENT
    second.fee.save()

    for invoice in (first, second):
        with pytest.raises(credit.NoCreditToUse, match="Nothing is due"):
            use(invoice)


def test_nobody_uses_the_credit_of_somebody_else():
    rich, poor = overpaid(7200), make_invoice(7200)

    with pytest.raises(credit.NoCreditToUse, match="no credit"):
        use(poor)

    assert free_credit(rich) == 7200


def test_who_used_the_credit_is_kept():
    second, officer = renewal_of(overpaid(800)), make_officer()

    use(second, by=officer)

    moved = Entry.objects.filter(kind=Entry.Kind.TRANSFER)
    assert {entry.posted_by for entry in moved} == {officer}
    assert sorted(moved.values_list("pence", flat=True)) == [-800, 800]


@times(0.3)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=5), st.integers(1, 9000))
def test_whatever_credit_there_is_nothing_is_lost_and_nothing_made(extras, due):
    person = make_person()
    invoices = [overpaid(pence, person) for pence in extras]
    last = renewal_of(invoices[0], due)

    used = use(last)

    assert used == min(sum(extras), due)
    assert free_credit(last) == sum(extras) - used
    last.refresh_from_db()
    assert (last.state == Invoice.State.PAID) == (sum(extras) >= due)
    assert list(violations()) == []


# By a click ----------------------------------------------------------------------------------


def test_the_payer_uses_the_credit_with_one_click(client):
    second = renewal_of(overpaid(800))
    client.force_login(second.payer.user)

    shown = client.get(reverse("website:profile")).content.decode()
    answer = client.post(reverse("payments:use_credit", args=[second.number]), follow=True)

    assert "You have £8.00 of credit" in shown
    assert "£8.00 of your credit was used. Still to pay: £64.00." in answer.content.decode()
    assert state_of(second) == ("part_paid", 800)


def test_a_second_click_says_that_there_is_none_left(client):
    second = renewal_of(overpaid(800))
    client.force_login(second.payer.user)
    way = reverse("payments:use_credit", args=[second.number])
    client.post(way)

    answer = client.post(way, follow=True)

    assert (
        "There is no credit on the account. Please pay in another way." in answer.content.decode()
    )


def test_nobody_else_presses_that_button(client):
    second = renewal_of(overpaid(800))
    way = reverse("payments:use_credit", args=[second.number])

    assert client.post(way)["Location"].startswith("/accounts/login/")
    client.force_login(make_member().user)
    assert client.post(way).status_code == 404
    client.force_login(make_officer())
    assert client.post(way).status_code == 404
    assert money_of(second) == []


# Accounts that became one --------------------------------------------------------------------


def merged(gone, kept):
    """As merging leaves them; invoices stay where they are."""
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])


def test_credit_on_an_account_that_was_merged_pays_the_kept_one_s_fee():
    old = overpaid(5000)
    new = renewal_of(overpaid(800))
    merged(old.payer, new.payer)

    used = use(new)

    assert (used, state_of(new)) == (5800, ("part_paid", 5800))
    assert (free_credit(old), free_credit(new)) == (0, 0)
    assert sum(account.balance_pence() for account in Account.objects.all()) == -1400
    assert list(violations()) == []


def test_only_as_much_as_is_due_leaves_a_merged_account():
    old = overpaid(9000)
    new = renewal_of(overpaid(0))
    merged(old.payer, new.payer)

    use(new)

    assert (state_of(new)[0], free_credit(old)) == ("paid", 1800)
    assert list(violations()) == []


def test_the_fee_of_a_merged_account_is_paid_by_the_kept_one_s_credit():
    old = renewal_of(overpaid(0))
    new = overpaid(7200)
    merged(old.payer, new.payer)

    use(old)

    assert (state_of(old)[0], free_credit(new)) == ("paid", 0)
    assert list(violations()) == []


def test_nobody_else_s_credit_is_used():
    stranger = overpaid(7200)
    mine = renewal_of(overpaid(0))

    with pytest.raises(credit.NoCreditToUse):
        use(mine)

    assert free_credit(stranger) == 7200


def test_the_card_offers_the_credit_of_a_merged_account_and_the_button_uses_it(client):
    old = overpaid(5000)
    new = renewal_of(overpaid(0))
    merged(old.payer, new.payer)
    client.force_login(new.payer.user)

    shown = client.get(reverse("website:profile")).content.decode()
    client.post(reverse("payments:use_credit", args=[new.number]))

    assert "£50.00" in shown
    assert state_of(new) == ("part_paid", 5000)


def test_credit_of_merged_accounts_is_sent_back_from_each():
    officer = make_officer()
    old, new = overpaid(500), overpaid(300)
    merged(old.payer, new.payer)
    sent = {"occurred_on": A_DAY, "note": "TO P EXAMPLE", "by": officer, "at": A_MOMENT}

    with pytest.raises(by_hand.CannotBook, match=r"£8\.00"):
        by_hand.pay_back(new.account_id, pence=801, key="one", **sent)
    by_hand.pay_back(new.account_id, pence=700, key="two", **sent)

    assert (free_credit(old), free_credit(new)) == (0, 100)
    assert list(violations()) == []
