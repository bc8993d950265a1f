"""Both sides of every line of the ledger, and the financial year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.nominal import (
    BANK,
    CHARGES,
    INCOME,
    MEMBERS,
    PAYPAL,
    UNKNOWN,
    VAT,
    WRITTEN_OFF,
    Posting,
    Sort,
    postings,
    year_of,
)

FEES = Sort("invoice", invoice_kind="joining")
BY_BANK = Sort("payment", "bank", "joining")
BY_PAYPAL = Sort("payment", "paypal", "joining")
SORTS = st.builds(
    Sort,
    st.sampled_from(["invoice", "payment", "refund", "reversal", "write_off", "credit_note"]),
    st.sampled_from(["", "bank", "paypal"]),
    st.sampled_from(["", *INCOME]),
    st.sampled_from(["", "invoice", "payment", "write_off"]),
)


@pytest.mark.parametrize(
    ("sort", "pence", "vat", "sides"),
    [
        (FEES, -7200, 0, [(MEMBERS, 7200), (INCOME["joining"], -7200)]),
        (FEES, -7200, 1200, [(MEMBERS, 7200), (INCOME["joining"], -6000), (VAT, -1200)]),
        (FEES, 7200, 1200, [(MEMBERS, -7200), (INCOME["joining"], 6000), (VAT, 1200)]),
        (FEES, 1, 1, [(MEMBERS, -1), (VAT, 1)]),
        (FEES, 0, 0, []),
        (Sort("invoice"), -7200, 0, [(MEMBERS, 7200), (UNKNOWN, -7200)]),
        (BY_BANK, 7200, 0, [(MEMBERS, -7200), (BANK, 7200)]),
        (BY_BANK, -7200, 0, [(MEMBERS, 7200), (BANK, -7200)]),
        (BY_PAYPAL, 7200, 0, [(MEMBERS, -7200), (PAYPAL, 7200)]),
        (Sort("transfer"), 7200, 0, [(MEMBERS, -7200)]),
        (Sort("transfer"), -7200, 0, [(MEMBERS, 7200)]),
        (Sort("paypal_fee"), -238, 0, [(PAYPAL, -238), (CHARGES, 238)]),
        (Sort("payout"), -7200, 0, [(PAYPAL, -7200), (BANK, 7200)]),
        (Sort("write_off", "", "event"), 7200, 0, [(MEMBERS, -7200), (WRITTEN_OFF, 7200)]),
        (
            Sort("reversal", "", "event", "write_off"),
            *(-7200, 0, [(MEMBERS, 7200), (WRITTEN_OFF, -7200)]),
        ),
        (
            Sort("reversal", "", "event", "invoice"),
            *(7200, 0, [(MEMBERS, -7200), (INCOME["event"], 7200)]),
        ),
        # What was undone counts only for a line that undoes something.
        (
            Sort("invoice", "", "event", "write_off"),
            *(-7200, 0, [(MEMBERS, 7200), (INCOME["event"], -7200)]),
        ),
    ],
)
def test_every_line_has_its_two_sides(sort, pence, vat, sides):
    assert postings(sort, pence, vat_pence=vat) == [Posting(*side) for side in sides]


@pytest.mark.parametrize(("kind", "account"), INCOME.items())
def test_each_kind_of_invoice_is_income_of_its_own(kind, account):
    assert postings(Sort("invoice", invoice_kind=kind), -1)[1] == Posting(account, -1)


@given(sort=SORTS, pence=st.integers(-10_000_000, 10_000_000), rate=st.integers(0, 99))
def test_the_sides_of_a_line_add_up_to_nothing(sort, pence, rate):
    sides = postings(sort, pence, vat_pence=abs(pence) * rate // 100)

    assert sum(side.pence for side in sides) == 0
    assert all(side.pence for side in sides)


@pytest.mark.parametrize(
    ("day", "end_month", "first", "last"),
    [
        ("2026-12-31", 12, "2026-01-01", "2026-12-31"),
        ("2027-01-01", 12, "2027-01-01", "2027-12-31"),
        ("2027-03-31", 3, "2026-04-01", "2027-03-31"),
        ("2027-04-01", 3, "2027-04-01", "2028-03-31"),
        ("2027-06-15", 2, "2027-03-01", "2028-02-29"),
        ("2026-11-30", 11, "2025-12-01", "2026-11-30"),
        ("2026-12-01", 11, "2026-12-01", "2027-11-30"),
    ],
)
def test_a_financial_year_ends_with_its_month(day, end_month, first, last):
    found = year_of(dt.date.fromisoformat(day), end_month=end_month)

    assert found == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
