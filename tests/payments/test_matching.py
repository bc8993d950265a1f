"""Proof books by itself; a hint has its reason in words; nothing is guessed."""

import datetime as dt

import pytest

from payments.matching import Credit, Outcome, judge
from payments.payers import Book, Owed, Payer, name_key, payer_key, surname_key
from payments.references import write_reference

A_DAY = dt.date(2026, 11, 20)
ISSUED = dt.date(2026, 11, 1)
DAY = dt.timedelta(days=1)


def payer(number, *owed, name="Example", given="Perdita"):
    digits = write_reference(number)[3:]
    bills = tuple(Owed(number * 10 + at, pence, ISSUED) for at, pence in enumerate(owed))
    return Payer(number, digits, name, given, bills)


PERDITA = payer(1, 7200)
BOOK = Book.of([PERDITA, payer(2, 9000, name="Łlŷr-Jones", given="Llinos"), payer(3)])


def came(text, pence=7200, on=A_DAY, **known):
    return judge(Credit(on, pence, text, **known), BOOK)


def ours(one):
    return f"CMS{one.digits}"


def test_a_whole_reference_and_the_sum_that_is_due_are_proof():
    verdict = came(f"P EXAMPLE {ours(PERDITA)} 306364")

    assert (verdict.outcome, verdict.account_id, verdict.invoice_id) == (Outcome.PROVED, 1, 10)
    assert verdict.reason == "The reference is there, and the sum is what is due."


@pytest.mark.parametrize("pence", [7199, 7201, 1])
def test_a_penny_more_or_less_is_no_proof(pence):
    verdict = came(ours(PERDITA), pence)

    assert (verdict.outcome, verdict.account_id) == (Outcome.SUGGESTED, 1)
    assert verdict.reason == "The reference is there. The sum is not what is due."


def test_money_for_somebody_who_owes_nothing_is_no_proof():
    verdict = came(f"CMS{BOOK.by_account[3].digits}")

    assert (verdict.outcome, verdict.invoice_id) == (Outcome.SUGGESTED, None)
    assert verdict.reason.endswith("Nothing is due from this payer: it would be credit.")


def test_two_invoices_of_one_sum_are_no_proof():
    book = Book.of([payer(1, 7200, 7200)])
    verdict = judge(Credit(A_DAY, 7200, ours(PERDITA)), book)

    assert verdict.reason.endswith("Several invoices ask for this sum.")


def test_one_of_two_invoices_is_proved_by_its_sum():
    book = Book.of([payer(1, 7200, 9000)])

    assert judge(Credit(A_DAY, 9000, ours(PERDITA)), book).invoice_id == 11


@pytest.mark.parametrize(("days", "outcome"), [(366, Outcome.PROVED), (367, Outcome.SUGGESTED)])
def test_money_from_more_than_a_year_before_the_invoice_was_for_another(days, outcome):
    assert came(ours(PERDITA), on=ISSUED - days * DAY).outcome == outcome


@pytest.mark.parametrize(
    ("pence", "days", "outcome"),
    [
        (7200, 3, Outcome.SUGGESTED),
        (7200, -3, Outcome.SUGGESTED),
        (7200, 4, Outcome.PROVED),
        (7199, 0, Outcome.PROVED),
    ],
)
def test_the_same_sum_booked_a_few_days_apart_may_be_the_same_money(pence, days, outcome):
    book = Book.of([PERDITA])
    book.booked = {1: [(pence, A_DAY - days * DAY)]}

    assert judge(Credit(A_DAY, 7200, ours(PERDITA)), book).outcome == outcome


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CMS" + PERDITA.digits.replace("0", "O"), "letters for digits"),
        (PERDITA.digits, "without CMS in front"),
        (f"{ours(PERDITA)[:-1]}", "without one of its digits"),
        (f"{ours(PERDITA)}9", "with a digit too many"),
        ("MRS EXAMPLE", "The surname is in the text"),
        ("PERDITA EXAMPLE", "so is the first name"),
        ("SOMEBODY", "Nobody else owes this sum"),
    ],
)
def test_everything_else_is_suggested_with_its_reason(text, reason):
    verdict = came(text)

    assert (verdict.outcome, verdict.account_id, verdict.invoice_id) == (Outcome.SUGGESTED, 1, 10)
    assert reason in verdict.reason


def test_surer_hints_have_more_points():
    swapped = f"CMS{PERDITA.digits[:-2]}{PERDITA.digits[-1]}{PERDITA.digits[-2]}"
    texts = (ours(PERDITA), swapped, PERDITA.digits, "PERDITA EXAMPLE", "EXAMPLE", "SOMEBODY")

    points = [came(text).points for text in texts]

    assert points == sorted(points, reverse=True)
    assert len(set(points)) == len(points)


def test_letters_that_banks_do_not_have_make_no_difference():
    assert came("L LLYR-JONES", 9000).account_id == 2
    assert surname_key("van der Łlŷr-Jones") == "LLYRJONES"


def test_a_payer_who_paid_for_them_before_is_remembered():
    verdict = judge(Credit(A_DAY, 5000, "BIG EMPLOYER LTD"), BOOK, seen={1})

    assert (verdict.outcome, verdict.account_id) == (Outcome.SUGGESTED, 1)
    assert "This payer has paid for them before" in verdict.reason


def test_a_tie_is_said_and_the_other_is_named():
    book = Book.of([payer(1, 7200), payer(2, 7200)])
    verdict = judge(Credit(A_DAY, 7200, "EXAMPLE"), book)

    assert (verdict.account_id, verdict.others) == (1, (2,))
    assert "Another fits as well." in verdict.reason


def test_several_whole_references_are_for_a_person_to_split():
    verdict = came(f"{ours(PERDITA)} {ours(BOOK.by_account[2])}", 16_200)

    assert (verdict.outcome, verdict.account_id, verdict.others) == (
        Outcome.UNMATCHED,
        None,
        (1, 2),
    )


def test_a_reference_beside_one_that_is_nobodys_is_no_proof():
    assert came(f"{ours(PERDITA)} {write_reference(999_999)}").outcome == Outcome.SUGGESTED


@pytest.mark.parametrize(("digits", "found"), [(4, 1), (3, None)])
def test_a_cut_reference_counts_where_one_debtor_alone_fits(digits, found):
    book = Book.of([payer(1, 7200), payer(900_000, 7200)])
    verdict = judge(Credit(A_DAY, 7200, f"MEMBERSHIP CMS{PERDITA.digits[:digits]}"), book)

    assert verdict.account_id == found


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("PAYPAL TRANSFER 1044", Outcome.PAYOUT),
        ("PAYPAL PAYOUT", Outcome.PAYOUT),
        (f"PAYPAL TRANSFER {ours(PERDITA)}", Outcome.PROVED),
        ("J PAYPALMER", Outcome.UNMATCHED),
    ],
)
def test_paypals_pay_outs_are_transfers(text, outcome):
    assert judge(Credit(A_DAY, 7200, text), Book.of([PERDITA, payer(2, 7200)])).outcome == outcome


def test_transfers_of_our_own_are_told_by_their_words():
    book = Book.of([PERDITA], own_words=["cmsuk reserve", " "])

    assert judge(Credit(A_DAY, 7200, "FROM CMSUK-RESERVE"), book).outcome == Outcome.TRANSFER
    assert judge(Credit(A_DAY, 7200, "FROM CMSUK"), book).outcome == Outcome.SUGGESTED


@pytest.mark.parametrize(("pence", "words"), [(0, "No money came."), (-7200, "Money went out.")])
def test_what_brought_nothing_is_left_alone(pence, words):
    verdict = came(ours(PERDITA), pence)

    assert (verdict.outcome, verdict.reason) == (Outcome.IGNORED, words)


def test_other_currencies_are_left_alone():
    assert came(ours(PERDITA), is_sterling=False).outcome == Outcome.IGNORED


@pytest.mark.parametrize(
    ("payer", "text", "key"),
    [
        ("P Example", "whatever", "PEXAMPLE"),
        ("", "P EXAMPLE CMS1234502", "PEXAMPLE"),
        ("", "P EXAMPLE  FEE", "PEXAMPLE"),
        ("", "FASTER PAYMENTS RECEIPT", ""),
        ("Bo", "", ""),
    ],
)
def test_a_payer_is_told_by_their_name(payer, text, key):
    assert payer_key(payer, text) == key


def test_names_are_compared_without_signs():
    assert name_key("O’Brien & Sön, Ltd.") == "OBRIENSONLTD"
