"""What the office books by hand, and the page of one person's money."""

import uuid

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import history
from membership import standing
from payments import by_hand
from payments.ledger_checks import violations
from payments.models import Entry
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_clerk,
    make_fee,
    make_member,
    make_officer,
    make_person,
)
from tests.payments.money import (
    free_credit,
    make_attempt,
    make_invoice,
    make_paid_attempt,
    money_of,
    receive,
)

pytestmark = pytest.mark.django_db


def part_paid(pence=7150):
    invoice = make_invoice(7200)
    receive(invoice, pence)
    return invoice


def write_off(invoice, reason="Bank charges abroad."):
    return by_hand.write_off(invoice.pk, reason=reason, by=make_officer(), at=A_MOMENT)


def overpaid(pence=800):
    invoice = make_invoice(7200)
    receive(invoice, 7200 + pence)
    return invoice


def pay_back(invoice, pence, key="a key"):
    return by_hand.pay_back(
        invoice.account_id,
        pence=pence,
        occurred_on=A_DAY,
        note="TO P EXAMPLE",
        key=key,
        by=make_officer(),
        at=A_MOMENT,
    )


# A rest that is let go -----------------------------------------------------------------------


def test_a_rest_that_is_written_off_begins_the_membership_with_a_name_and_a_reason():
    invoice = part_paid()

    assert write_off(invoice) == 50

    invoice.refresh_from_db()
    entry = Entry.objects.get(kind=Entry.Kind.WRITE_OFF)
    assert (invoice.state, invoice.rest_pence) == ("paid", 0)
    assert standing.of(invoice.payer, A_DAY).is_active
    assert (entry.pence, entry.note, entry.posted_by.name) == (
        50,
        "Bank charges abroad.",
        "Olive Office",
    )
    verbs = history.of(invoice.payer.history_key).values_list("verb", flat=True)
    assert "wrote off a rest" in verbs
    assert list(violations()) == []


def test_a_fee_of_which_nothing_came_is_waived_and_not_written_off():
    invoice = make_invoice(7200)

    with pytest.raises(by_hand.CannotBook, match="Waive the fee instead"):
        write_off(invoice)

    assert not standing.of(invoice.payer, A_DAY).is_active


@pytest.mark.parametrize("pence", [7200, 7201])
def test_nothing_is_written_off_of_what_is_paid(pence):
    with pytest.raises(by_hand.CannotBook, match="Nothing is due"):
        write_off(part_paid(pence))


def test_nothing_is_written_off_while_paypal_is_taking_money():
    invoice = part_paid()
    make_attempt(
        invoice,
        state="capturing",
        order_id="O-1",
        approval_url="https://example.org",
        capture_request_id="capture-1",
    )

    with pytest.raises(by_hand.CannotBook, match="PayPal is confirming"):
        write_off(invoice)


@pytest.mark.parametrize("change", [{"note": ""}, {"posted_by": None}, {"pence": -50}])
def test_the_ledger_takes_no_write_off_without_a_name_and_a_reason(change):
    invoice = part_paid()
    facts = {"note": "Because.", "posted_by": make_officer(), "pence": 50} | change

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            account=invoice.account,
            invoice=invoice,
            kind=Entry.Kind.WRITE_OFF,
            occurred_on=A_DAY,
            posted_at=A_MOMENT,
            source_key="write off:1",
            **facts,
        )


# Credit that was sent back -------------------------------------------------------------------


def test_credit_that_was_sent_back_is_gone_and_the_fee_stays_paid():
    invoice = overpaid()

    assert pay_back(invoice, 800) == 800

    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_pence, free_credit(invoice)) == ("paid", 7200, 0)
    assert money_of(invoice) == [8000, -800]
    assert list(violations()) == []


@pytest.mark.parametrize(("pence", "left"), [(799, 1), (800, 0)])
def test_a_part_of_the_credit_can_be_sent_back(pence, left):
    invoice = overpaid()

    pay_back(invoice, pence)

    assert free_credit(invoice) == left


def test_no_more_than_the_credit_is_sent_back():
    invoice = overpaid()

    with pytest.raises(by_hand.CannotBook, match="of credit on this account, no more"):
        pay_back(invoice, 801)

    assert free_credit(invoice) == 800


def test_the_same_page_sent_twice_books_once():
    invoice = overpaid()

    assert (pay_back(invoice, 300), pay_back(invoice, 300)) == (300, 0)
    assert free_credit(invoice) == 500


# Pages ---------------------------------------------------------------------------------------


def way(name, pk):
    return reverse(f"admin:{name}", args=[pk])


def money(person):
    return way("payments_money_of_person", person.pk)


@pytest.fixture
def office(client):
    client.force_login(make_officer())
    return client


@time_machine.travel(A_MOMENT, tick=False)
def test_the_office_sees_the_card_that_the_person_sees(office):
    invoice = part_paid(2000)

    page = office.get(money(invoice.payer)).content.decode()

    assert "Still to pay: £52.00" in page
    assert "CMSR-2026-0001" in page
    assert ">Pay</button>" not in page
    assert way("payments_write_off", invoice.pk) in page


def test_somebody_without_an_account_has_a_page_too(office):
    person = make_person()

    page = office.get(money(person)).content.decode()

    assert "They owe no fee." in page
    assert office.get(way("payments_money_of_person", 999_999)).status_code == 404


def test_the_page_leads_to_each_payment_by_paypal_and_to_its_refund(office):
    attempt = make_paid_attempt(make_invoice(7200))
    other = make_paid_attempt(make_invoice(7200))

    page = office.get(money(attempt.invoice.payer)).content.decode()

    assert way("payments_refund_payment", attempt.pk) in page
    assert way("payments_refund_payment", other.pk) not in page


@time_machine.travel(A_MOMENT, tick=False)
def test_the_office_writes_off_uses_credit_and_books_what_was_sent_back(office):
    rest, rich = part_paid(), overpaid()
    make_fee(rich.payer, 500, purpose="renewal")
    office.get(money(rich.payer))
    renewal = rich.account.invoices.get(kind="renewal")
    sent = {"amount": "3.00", "sent_on": str(A_DAY), "note": "TO P EXAMPLE", "key": uuid.uuid4()}

    answers = [
        office.post(way("payments_write_off", rest.pk), {"reason": "Charges."}, follow=True),
        office.post(way("payments_office_credit", renewal.pk), follow=True),
        office.post(way("payments_pay_back", rich.account_id), sent, follow=True),
        office.post(way("payments_pay_back", rich.account_id), sent, follow=True),
    ]

    for answer, words in zip(
        answers,
        (
            "£0.50 of CMS-2026-0001 is written off.",
            "£5.00 of credit was used for CMS-2026-0003.",
            "£3.00 booked as sent back.",
            "This was booked before.",
        ),
        strict=True,
    ):
        assert words in answer.content.decode()
    assert free_credit(rich) == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"amount": "8.01"}, "There is £8.00 of credit on this account, no more."),
        ({"amount": "x"}, "Enter an amount in pounds and pence"),
        ({"sent_on": "2999-01-01"}, "This day has not come yet."),
        ({"sent_on": "0001-01-01"}, "This day is more than two years ago."),
        ({"note": ""}, "Copy the line of the statement."),
    ],
)
def test_what_cannot_be_booked_is_said_in_words(office, typed, words):
    invoice = overpaid()
    facts = {"amount": "8.00", "sent_on": str(A_DAY), "note": "X", "key": uuid.uuid4()}

    answer = office.post(
        way("payments_pay_back", invoice.account_id), facts | typed, follow=True
    ).content.decode()

    assert words in answer
    assert free_credit(invoice) == 800


def test_a_write_off_without_a_reason_is_refused(office):
    invoice = part_paid()

    answer = office.post(way("payments_write_off", invoice.pk), {"reason": " "})

    assert "Write down why" in answer.content.decode()
    assert money_of(invoice) == [7150]


def ways():
    rest, rich = part_paid(), overpaid()
    return {
        money(rest.payer): "get",
        way("payments_write_off", rest.pk): "post",
        way("payments_office_credit", rest.pk): "post",
        way("payments_pay_back", rich.account_id): "post",
    }


def test_who_may_not_is_refused(client):
    found = ways()

    assert all(
        "/login/" in getattr(client, method)(path)["Location"] for path, method in found.items()
    )
    client.force_login(make_member().user)
    assert {getattr(client, method)(path).status_code for path, method in found.items()} == {302}
    client.force_login(make_clerk())
    assert {getattr(client, method)(path).status_code for path, method in found.items()} == {403}


def test_the_page_costs_the_same_with_one_payment_and_with_three(office):
    person, counts = make_person(), []
    for _ in range(3):
        receive(make_invoice(7200, person), 7200)
        with CaptureQueriesContext(connection) as counted:
            office.get(money(person))
        counts.append(len(counted))

    assert counts[1] == counts[2]
