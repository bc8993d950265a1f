"""The treasurer's journal and trial balance: both sides agree, whatever moved and whenever."""

import csv
import datetime as dt
import io
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.models import Event
from foundation.spreadsheets import guarded, lines
from payments import credit, invoicing, nominal, treasurer
from payments.models import Entry
from payments.nominal import Posting, Sort, postings, year_of
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_clerk,
    make_fee,
    make_member,
    make_officer,
    make_person,
)
from tests.payments.money import come_back, make_invoice, pay_until_approved, receive
from tests.profiles import times

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
LONG_AFTER = dt.date(2099, 12, 31)  # the pretend PayPal goes by the real clock
NOVEMBER = {"first_on": "2026-11-01", "last_on": "2026-11-30"}


def closing(balance):
    return {line.account: line.closing_pence for line in balance.lines}


# Pure ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "pence", "vat", "sides"),
    [
        (
            Sort("charge", "", "joining"),
            -9000,
            1500,
            {"Members' accounts": 9000, "Income: joining fees": -7500, "VAT": -1500},
        ),
        (
            Sort("credit_note", "", "renewal"),
            9000,
            0,
            {"Members' accounts": -9000, "Income: renewals": 9000},
        ),
        (Sort("payment", "bank", "event"), 500, 0, {"Members' accounts": -500, "Bank": 500}),
        (Sort("payment", "paypal"), 500, 0, {"Members' accounts": -500, "PayPal": 500}),
        (Sort("refund", "paypal"), -500, 0, {"Members' accounts": 500, "PayPal": -500}),
        (
            Sort("reversal", "", "other", "charge"),
            500,
            0,
            {"Members' accounts": -500, "Income: other": 500},
        ),
        (Sort("write_off"), 50, 0, {"Members' accounts": -50, "Written off": 50}),
        (Sort("charge"), -50, 0, {"Members' accounts": 50, "Not assigned": -50}),
    ],
)
def test_every_sort_of_line_has_two_sides(sort, pence, vat, sides):
    assert postings(sort, pence, vat_pence=vat) == [Posting(*side) for side in sides.items()]


KINDS = ("charge", "payment", "credit_note", "reversal", "refund", "write_off")


@given(
    kind=st.sampled_from(KINDS),
    method=st.sampled_from(("", "bank", "paypal", "cheque")),
    pence=st.integers(-1_000_000, 1_000_000).filter(bool),
    share=st.integers(0, 100),
)
def test_the_sides_of_a_line_always_add_up_to_nothing(kind, method, pence, share):
    sides = postings(Sort(kind, method), pence, vat_pence=abs(pence) * share // 100)

    assert sum(side.pence for side in sides) == 0
    assert {side.account for side in sides} <= set(nominal.ORDER)


@pytest.mark.parametrize(
    ("day", "end_month", "year"),
    [
        (dt.date(2026, 1, 1), 12, YEAR),
        (dt.date(2026, 12, 31), 12, YEAR),
        (dt.date(2026, 3, 31), 3, (dt.date(2025, 4, 1), dt.date(2026, 3, 31))),
        (dt.date(2026, 4, 1), 3, (dt.date(2026, 4, 1), dt.date(2027, 3, 31))),
        (dt.date(2024, 2, 29), 2, (dt.date(2023, 3, 1), dt.date(2024, 2, 29))),
        (dt.date(2025, 12, 1), 11, (dt.date(2025, 12, 1), dt.date(2026, 11, 30))),
    ],
)
def test_a_financial_year_ends_with_its_month(day, end_month, year):
    assert year_of(day, end_month=end_month) == year


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_words(start):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


def test_what_is_no_formula_stays_as_it_is():
    assert guarded("P EXAMPLE = CMS") == "P EXAMPLE = CMS"


def test_a_file_of_rows_is_quoted_and_marked_as_utf_8():
    assert list(lines(("a", "b"), [("x,y", "Đ")])) == ["\ufeffa,b\r\n", '"x,y",Đ\r\n']


# From the ledger -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_balance_of_an_ordinary_year(paypal):
    receive(make_invoice(9000), 10_000)
    receive(make_invoice(7200), 2000)
    come_back(pay_until_approved(paypal, make_invoice(5000)))
    withdrawn = make_invoice(3000)
    withdrawn.fee.cancelled_at = A_MOMENT
    withdrawn.fee.save()
    invoicing.withdraw(withdrawn.pk, at=A_MOMENT)

    balance = treasurer.trial_balance(YEAR[0], LONG_AFTER)

    assert closing(balance) == {
        "Bank": 12_000,
        "PayPal": 4825,
        "PayPal's charges": 175,
        "Members' accounts": 4200,
        "Income: joining fees": -21_200,
    }
    assert (balance.balances, balance.debit_pence) == (True, 44_375)


@pytest.mark.django_db
def test_income_of_earlier_years_is_carried_forward_as_their_surplus():
    old = A_MOMENT.replace(year=2025)
    receive(make_invoice(9000, at=old), 9000, at=old, occurred_on=old.date())
    receive(make_invoice(7200), 7200)

    balance = treasurer.trial_balance(*YEAR)

    opening = {line.account: line.opening_pence for line in balance.lines}
    assert opening == {
        "Bank": 9000,
        "Members' accounts": 0,
        "Surplus of earlier years": -9000,
        "Income: joining fees": 0,
    }
    assert closing(balance)["Income: joining fees"] == -7200
    assert balance.balances


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first_on", "last_on", "bank"),
    [
        (A_DAY, A_DAY, 7200),
        (A_DAY + dt.timedelta(days=1), YEAR[1], 0),
        (YEAR[0], A_DAY - dt.timedelta(days=1), 0),
    ],
)
def test_both_days_of_a_time_are_included_and_none_beyond(first_on, last_on, bank):
    receive(make_invoice(7200), 7200)

    lines_of = {one.account: one for one in treasurer.trial_balance(first_on, last_on).lines}

    assert (lines_of["Bank"].debit_pence if "Bank" in lines_of else 0) == bank


@pytest.mark.django_db
def test_vat_is_told_apart_from_income_on_both_sides(settings):
    settings.VAT_TREATMENT, settings.VAT_NUMBER = "standard", "GB 1"
    make_invoice(9000)
    withdrawn = make_invoice(6000)
    withdrawn.fee.cancelled_at = A_MOMENT
    withdrawn.fee.save()
    invoicing.withdraw(withdrawn.pk, at=A_MOMENT)

    balance = treasurer.trial_balance(*YEAR)

    assert closing(balance) == {
        "Members' accounts": 9000,
        "VAT": -1500,
        "Income: joining fees": -7500,
    }
    vat = next(line for line in balance.lines if line.account == "VAT")
    assert (vat.debit_pence, vat.credit_pence) == (1000, 2500)


@pytest.mark.django_db
def test_credit_that_is_moved_changes_no_balance():
    first = make_invoice(7200)
    receive(first, 8000)
    second = invoicing.raise_for(make_fee(first.payer, 7200, purpose="renewal"), at=A_MOMENT)
    before = closing(treasurer.trial_balance(*YEAR))

    credit.use(second.pk, by=None, at=A_MOMENT)

    assert closing(treasurer.trial_balance(*YEAR)) == before


def rows_of(first_on=YEAR[0], last_on=YEAR[1]):
    return [
        dict(zip(treasurer.JOURNAL_HEAD, row, strict=True))
        for row in treasurer.journal(first_on, last_on)
    ]


@pytest.mark.django_db
def test_the_journal_has_every_posting_with_its_running_balance():
    invoice = make_invoice(7200)
    receive(invoice, 2000, note="=P EXAMPLE CMS")

    rows = rows_of()

    told = [(row["account"], row["debit"], row["credit"]) for row in rows]
    assert told == [
        ("Members' accounts", "72.00", "0.00"),
        ("Income: joining fees", "0.00", "72.00"),
        ("Members' accounts", "0.00", "20.00"),
        ("Bank", "20.00", "0.00"),
    ]
    assert [row["balance of the account"] for row in rows] == ["72.00", "-72.00", "52.00", "20.00"]
    assert (rows[3]["invoice"], rows[3]["paper"]) == ("CMS-2026-0001", "CMSR-2026-0001")
    assert (rows[3]["payer"], rows[3]["note"]) == (invoice.payer_name, "'=P EXAMPLE CMS")


@pytest.mark.django_db
@times(0.2)
@given(
    st.lists(
        st.tuples(st.integers(1, 9000), st.integers(0, 12_000), st.integers(0, 800)),
        min_size=1,
        max_size=5,
    )
)
def test_the_journal_ends_where_the_trial_balance_does(money):
    """Sums asked for and received, so many days ago."""
    for asked, came, days in money:
        at = A_MOMENT - dt.timedelta(days=days)
        invoice = make_invoice(asked, at=at)
        if came:
            receive(invoice, came, at=at, occurred_on=at.date())

    for first_on in (YEAR[0], A_DAY - dt.timedelta(days=30)):
        balance = treasurer.trial_balance(first_on, YEAR[1])
        held = treasurer.opening_balances(first_on)
        for row in rows_of(first_on):
            pence = round(float(row["balance of the account"]) * 100)
            held[row["account"]] = pence

        assert balance.balances
        assert {name: pence for name, pence in held.items() if pence} == {
            name: pence for name, pence in closing(balance).items() if pence
        }


@pytest.mark.django_db
def test_the_journal_costs_one_query_more_or_less_however_long_it_is():
    counts = []
    for _ in range(3):
        receive(make_invoice(7200), 7200)
        with CaptureQueriesContext(connection) as counted:
            rows_of()
        counts.append(len(counted))

    assert counts[0] == counts[2]


def bulk(invoice, how_many):
    Entry.objects.bulk_create(
        Entry(
            account=invoice.account,
            kind=Entry.Kind.PAYMENT,
            method=Entry.Method.BANK,
            pence=1,
            occurred_on=A_DAY,
            posted_at=A_MOMENT,
            note="x" * 200,
            source_key=f"bulk:{how_many}:{number}",
        )
        for number in range(how_many)
    )


def peak_of_reading_the_journal():
    tracemalloc.start()
    rows = sum(1 for _ in lines(treasurer.JOURNAL_HEAD, treasurer.journal(*YEAR)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return rows, peak


@pytest.mark.django_db
def test_a_journal_five_times_as_long_takes_no_more_memory():
    invoice = make_invoice()
    bulk(invoice, 1000)
    peak_of_reading_the_journal()
    short_rows, short = peak_of_reading_the_journal()
    bulk(invoice, 4000)
    long_rows, long = peak_of_reading_the_journal()

    assert (short_rows, long_rows) == (2003, 10_003)
    assert long < 1.5 * short


# Pages ---------------------------------------------------------------------------------------

BOOKS, BALANCE, JOURNAL = "payments_books", "payments_balance_file", "payments_journal_file"


def way(name):
    return reverse(f"admin:{name}")


def read_file(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def treasurer_of_the_society(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


@pytest.mark.django_db
def test_the_page_shows_this_year_and_that_both_sides_agree(client, treasurer_of_the_society):
    receive(make_invoice(7200), 7200)

    page = client.get(way(BOOKS), NOVEMBER).content.decode()

    assert "1 November 2026 to 30 November 2026" in page
    assert "£72.00" in page
    assert "Both sides agree." in page
    assert client.get(way(BOOKS)).status_code == 200


@pytest.mark.django_db
def test_days_that_are_swapped_are_refused_in_words(client, treasurer_of_the_society):
    swapped = {"first_on": "2026-12-01", "last_on": "2026-11-30"}

    for answer in (
        client.get(way(BOOKS), swapped),
        client.get(way(BALANCE), swapped),
        client.post(way(JOURNAL), swapped),
    ):
        assert "The last day comes before the first. Swap them." in answer.content.decode()
        assert "2026-12-01" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "x"])
def test_days_out_of_all_reason_are_refused_in_words(client, treasurer_of_the_society, day):
    for days in ({**NOVEMBER, "first_on": day}, {**NOVEMBER, "last_on": day}):
        page = client.get(way(BOOKS), days).content.decode()

        assert "Both sides" not in page
        assert ("Enter a day from 2000 to 2100." in page) or ("for example" in page)


@pytest.mark.django_db
def test_both_files_are_handed_over_and_the_journal_is_noted(client, treasurer_of_the_society):
    receive(make_invoice(7200, make_person(given_name="=cmd")), 7200)

    balance = client.get(way(BALANCE), NOVEMBER)
    journal = client.post(way(JOURNAL), NOVEMBER)

    assert balance["Content-Disposition"].endswith('-2026-11-01-to-2026-11-30.csv"')
    assert [row["account"] for row in read_file(balance)][-1] == "Total"
    rows = read_file(journal)
    assert (len(rows), rows[0]["payer"][:5]) == (4, "'=cmd")
    noted = Event.objects.filter(verb="journal exported").get()
    assert noted.text == "2026-11-01 to 2026-11-30"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method"), [(BOOKS, "get"), (BALANCE, "get"), (JOURNAL, "post")])
def test_who_may_not_is_refused(client, name, method):
    ask = getattr(client, method)

    assert "/login/" in ask(way(name), NOVEMBER)["Location"]
    client.force_login(make_member().user)
    assert ask(way(name), NOVEMBER).status_code == 302
    client.force_login(make_clerk())
    assert ask(way(name), NOVEMBER).status_code == 403
    assert not Event.objects.filter(verb="journal exported").exists()


@pytest.mark.django_db
def test_the_journal_is_not_handed_over_by_a_link(client, treasurer_of_the_society):
    assert client.get(way(JOURNAL), NOVEMBER).status_code == 405
