"""The office's pages for money: one bank payment a page, and nothing that can be altered."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.pence import read_pounds
from payments.models import Attempt, Entry
from tests.factories import A_MOMENT, make_clerk, make_officer
from tests.payments.demo_site import Fault
from tests.payments.money import make_attempt, make_invoice, money_of, press_pay, receive

pytestmark = pytest.mark.django_db
TYPED = {"amount": "72.00", "received_on": "2026-11-20", "note": "P EXAMPLE CMS"}


@pytest.fixture
def invoice():
    return make_invoice(7200)


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return client


def url_of(invoice):
    return reverse("admin:payments_record_payment", args=[invoice.pk])


def fresh(client, invoice):
    """What the page holds before anything is typed: its one-use key."""
    html = client.get(url_of(invoice)).content.decode()
    return {"key": re.search(r'name="key" value="([^"]+)"', html)[1]}


def test_a_bank_payment_is_typed_looked_at_and_booked(officer, invoice):
    typed = {**TYPED, **fresh(officer, invoice)}

    looked_at = officer.post(url_of(invoice), typed).content.decode()
    before = money_of(invoice)
    officer.post(url_of(invoice), {**typed, "confirm": "yes"})

    assert "This pays the invoice in full" in looked_at
    assert (before, money_of(invoice)) == ([], [7200])
    entry = Entry.objects.payments().get()
    assert (entry.method, entry.note, entry.occurred_on.isoformat()) == (
        "bank",
        "P EXAMPLE CMS",
        "2026-11-20",
    )
    assert entry.posted_by.name == "Olive Office"


@pytest.mark.parametrize(("days_apart", "asked"), [(0, True), (3, True), (4, False)])
def test_the_same_sum_about_the_same_day_is_asked_about(officer, days_apart, asked):
    invoice = make_invoice(7200)
    earlier = dt.date.fromisoformat(TYPED["received_on"]) - dt.timedelta(days=days_apart)
    receive(invoice, read_pounds(TYPED["amount"]), occurred_on=earlier)

    shown = officer.post(url_of(invoice), {**TYPED, **fresh(officer, invoice)}).content.decode()

    assert ("is it the same money?" in shown) is asked


def test_a_double_click_books_once(officer, invoice):
    typed = {**TYPED, **fresh(officer, invoice), "confirm": "yes"}

    officer.post(url_of(invoice), typed)
    again = officer.post(url_of(invoice), typed, follow=True)

    assert money_of(invoice) == [7200]
    assert "booked before. It counts once." in again.content.decode()


def test_two_tabs_that_were_both_looked_at_are_asked_once_more(officer, invoice):
    tabs = [{**TYPED, **fresh(officer, invoice)} for _ in range(2)]
    shown = [officer.post(url_of(invoice), tab).content.decode() for tab in tabs]
    said = [re.search(r'name="said" value="([^"]+)"', page)[1] for page in shown]

    answers = [
        officer.post(url_of(invoice), {**tab, "said": words, "confirm": "yes"})
        for tab, words in zip(tabs, said, strict=True)
    ]
    again = officer.post(url_of(invoice), {**tabs[0], "said": said[0], "confirm": "yes"})

    assert [one.status_code for one in (*answers, again)] == [302, 200, 302]
    assert "becomes credit. The same sum was booked" in answers[1].content.decode()
    assert money_of(invoice) == [7200]


def test_two_pages_are_two_payments(officer, invoice):
    for _ in range(2):
        typed = {**TYPED, **fresh(officer, invoice), "confirm": "yes"}
        officer.post(url_of(invoice), typed)

    assert money_of(invoice) == [7200, 7200]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("71.99", "£0.01 stays due"),
        ("72", "This pays the invoice in full, and what it is for begins."),
        ("£72.01", "£0.01 more than was due becomes credit"),
    ],
)
def test_the_page_says_beforehand_what_the_sum_will_do(officer, invoice, amount, words):
    typed = {**TYPED, **fresh(officer, invoice), "amount": amount}

    assert words in officer.post(url_of(invoice), typed).content.decode()


def test_money_for_a_paid_invoice_is_announced_as_credit(officer, invoice):
    receive(invoice, 7200)
    typed = {**TYPED, **fresh(officer, invoice)}

    assert "£72.00 becomes credit" in officer.post(url_of(invoice), typed).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": ""}, "Enter an amount, for example 90.00."),
        ({"amount": "0.00"}, "Enter an amount of £0.01 or more."),
        ({"amount": "7,2"}, "Enter an amount in pounds and pence"),
        ({"received_on": ""}, "Enter the day on the bank statement."),
        ({"received_on": "2999-01-01"}, "This day has not come yet."),
        ({"received_on": "2001-01-01"}, "more than two years ago"),
        ({"received_on": "soon"}, "Enter the day as on the statement"),
        ({"note": ""}, "Copy the payer and the reference"),
        ({"key": "x"}, ""),
    ],
)
def test_a_mistake_is_named_and_nothing_is_booked(officer, invoice, change, words):
    typed = {**TYPED, **fresh(officer, invoice), **change, "confirm": "yes"}

    answer = officer.post(url_of(invoice), typed)

    assert words in answer.content.decode()
    assert money_of(invoice) == []


def test_staff_without_the_permission_and_payers_cannot_book(client, paypal, invoice):
    attempt = press_pay(invoice)
    ask = reverse("admin:payments_ask_paypal", args=[attempt.pk])
    typed = {**TYPED, "key": "0d5c3dd0-9d46-4f43-8a2d-2f7a1d3f1f5e", "confirm": "yes"}
    asked = len(paypal.asked)

    client.force_login(make_clerk())
    staff = [client.post(url_of(invoice), typed), client.get(url_of(invoice)), client.post(ask)]
    client.force_login(invoice.payer.user)
    payer = [client.post(url_of(invoice), typed), client.post(ask)]

    assert [answer.status_code for answer in staff] == [403, 403, 403]
    assert [answer.status_code for answer in payer] == [302, 302]
    assert (money_of(invoice), len(paypal.asked)) == ([], asked)


def test_seeing_money_does_not_allow_booking_it(client, invoice):
    clerk = make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    client.force_login(clerk)

    page = client.get(reverse("admin:payments_invoice_change", args=[invoice.pk]))

    assert page.status_code == 200
    assert "Record a bank payment" not in page.content.decode()
    assert client.get(url_of(invoice)).status_code == 403


def test_the_office_can_ask_paypal_now(officer, paypal, invoice):
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pay")
    page = officer.get(reverse("admin:payments_attempt_change", args=[attempt.pk]))

    officer.post(reverse("admin:payments_ask_paypal", args=[attempt.pk]))

    assert "Ask PayPal now" in page.content.decode()
    assert attempt.token not in page.content.decode()
    assert (Attempt.objects.get().state, money_of(invoice)) == ("captured", [7200])


def test_asking_while_paypal_is_away_says_so(officer, paypal, invoice):
    attempt = press_pay(invoice)
    paypal.broken.append(Fault("GET", attempt.order_id))

    page = officer.post(reverse("admin:payments_ask_paypal", args=[attempt.pk]), follow=True)

    assert "PayPal is not answering" in page.content.decode()


def test_asking_is_posted(officer, paypal, invoice):
    attempt = press_pay(invoice)

    assert officer.get(reverse("admin:payments_ask_paypal", args=[attempt.pk])).status_code == 405


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("yes", ["credit"]), ("owes", ["owing"]), ("", ["credit", "even", "owing"])],
)
def test_the_office_finds_who_is_in_credit(officer, chosen, shown):
    payers = {"credit": make_invoice(7200), "even": make_invoice(7200), "owing": make_invoice(7200)}
    receive(payers["credit"], 9000)
    receive(payers["even"], 7200)

    url = reverse("admin:payments_account_changelist")
    page = officer.get(url, {"credit": chosen} if chosen else {}).content.decode()

    found = [name for name, paid in payers.items() if paid.account.payment_reference in page]
    assert found == shown


TABLES = ["account", "invoice", "entry", "attempt", "webhookevent"]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_can_be_added_changed_or_deleted(officer, invoice, table):
    receive(invoice, 100)
    make_attempt(invoice)

    add = officer.get(reverse(f"admin:payments_{table}_add"))
    listed = officer.get(reverse(f"admin:payments_{table}_changelist"))

    assert (add.status_code, listed.status_code) == (403, 200)
    assert "delete_selected" not in listed.content.decode()


@pytest.mark.parametrize("table", ["account", "invoice", "entry", "attempt"])
def test_a_list_costs_the_same_with_one_row_and_with_three(officer, table):
    url = reverse(f"admin:payments_{table}_changelist")
    counts = []
    for _ in range(3):
        paid = make_invoice()
        receive(paid, 100)
        make_attempt(paid, started_at=A_MOMENT)
        counts.append(queries(officer, url))

    assert counts[0] == counts[2]


def queries(client, url):
    with CaptureQueriesContext(connection) as counted:
        client.get(url)
    return len(counted)
