"""Proof books by itself; a hint has its reason in words; nothing is guessed."""

import datetime as dt

import pytest

from payments.matching import Credit, Outcome, Verdict, is_booked, judge
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
    words = "The reference is there. The sum is not what is due."

    assert came(ours(PERDITA), pence) == Verdict(Outcome.SUGGESTED, words, 1, 10, 90)


def test_money_for_somebody_who_owes_nothing_is_no_proof():
    verdict = came(f"CMS{BOOK.by_account[3].digits}")

    assert (verdict.outcome, verdict.invoice_id) == (Outcome.SUGGESTED, None)
    assert verdict.reason.endswith("Nothing is due from this payer: it would be credit.")


def test_two_invoices_of_one_sum_are_no_proof():
    book = Book.of([payer(1, 7200, 7200)])
    verdict = judge(Credit(A_DAY, 7200, ours(PERDITA)), book)

    words = "The reference is there. Several invoices ask for this sum."
    assert verdict == Verdict(Outcome.SUGGESTED, words, 1, 10, 90)


@pytest.mark.parametrize(
    ("pence", "invoice"), [(1, 10), (5000, 10), (5001, 11), (8999, 11), (10_000, 12)]
)
def test_the_invoice_nearest_to_the_sum_is_put_forward(pence, invoice):
    book = Book.of([payer(1, 1000, 9000, 10_001)])

    assert judge(Credit(A_DAY, pence, ours(PERDITA)), book).invoice_id == invoice


def test_of_invoices_equally_near_the_oldest_is_put_forward():
    owed = (Owed(10, 7000, ISSUED), Owed(11, 7400, ISSUED - DAY))
    book = Book.of([Payer(1, PERDITA.digits, owed=owed)])

    assert judge(Credit(A_DAY, 7200, ours(PERDITA)), book).invoice_id == 11


def test_one_of_two_invoices_is_proved_by_its_sum():
    book = Book.of([payer(1, 7200, 9000)])

    assert judge(Credit(A_DAY, 9000, ours(PERDITA)), book).invoice_id == 11


@pytest.mark.parametrize(("days", "outcome"), [(366, Outcome.PROVED), (367, Outcome.SUGGESTED)])
def test_money_from_more_than_a_year_before_the_invoice_was_for_another(days, outcome):
    assert came(ours(PERDITA), on=ISSUED - days * DAY).outcome == outcome


def test_money_from_before_the_invoice_is_put_forward_for_it_all_the_same():
    book = Book.of([payer(1, 9000, 7200)])
    verdict = judge(Credit(ISSUED - 367 * DAY, 7200, ours(PERDITA)), book)

    words = "The reference is there. It came more than a year before the invoice."
    assert verdict == Verdict(Outcome.SUGGESTED, words, 1, 11, 90)


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
    assert is_booked(Credit(A_DAY, 7200, ""), book, 1) == (outcome is Outcome.SUGGESTED)
    assert not is_booked(Credit(A_DAY, 7200, ""), book, None)


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
    assert verdict.reason == ("This payer has paid for them before. The sum is not what is due.")


def test_a_tie_is_said_and_the_other_is_named():
    book = Book.of([payer(1, 7200), payer(2, 7200)])
    verdict = judge(Credit(A_DAY, 7200, "EXAMPLE"), book)

    words = "The surname is in the text; the sum is what is due. Another fits as well."
    assert verdict == Verdict(Outcome.SUGGESTED, words, 1, 10, 26, (2,))


@pytest.mark.parametrize(
    ("text", "pence", "words", "points"),
    [
        (
            "PERDITA EXAMPLE",
            7200,
            "The surname is in the text; so is the first name; the sum is what is due.",
            42,
        ),
        ("EXAMPLE", 7200, "The surname is in the text; the sum is what is due.", 36),
        ("EXAMPLE", 7201, "The surname is in the text. The sum is not what is due.", 16),
        ("SOMEBODY", 7200, "Nobody else owes this sum.", 8),
    ],
)
def test_a_suggestion_adds_up_its_reasons(text, pence, words, points):
    assert came(text, pence) == Verdict(Outcome.SUGGESTED, words, 1, 10, points)


@pytest.mark.parametrize(
    ("how_many", "words", "others"),
    [
        (2, "Another fits as well.", (2,)),
        (3, "2 others fit as well.", (2, 3)),
        (4, "3 others fit as well.", (2, 3, 4)),
        (5, "4 others fit as well.", (2, 3, 4)),
    ],
)
def test_three_others_are_named_and_all_are_counted(how_many, words, others):
    book = Book.of([payer(number + 1, 7200) for number in range(how_many)])
    verdict = judge(Credit(A_DAY, 7200, "EXAMPLE"), book)

    assert verdict.others == others
    assert verdict.reason == f"The surname is in the text; the sum is what is due. {words}"


def test_others_with_fewer_points_are_named_and_take_none_away():
    book = Book.of([payer(1, 7200), payer(2, 9000)])
    verdict = judge(Credit(A_DAY, 7200, "EXAMPLE"), book)

    assert (verdict.account_id, verdict.points, verdict.others) == (1, 36, (2,))
    assert verdict.reason == "The surname is in the text; the sum is what is due."


def test_somebody_who_owes_nothing_is_remembered_without_an_invoice():
    verdict = judge(Credit(A_DAY, 5000, "BIG EMPLOYER LTD"), BOOK, seen={3})

    words = "This payer has paid for them before. The sum is not what is due."
    assert verdict == Verdict(Outcome.SUGGESTED, words, 3, None, 18)


def test_several_whole_references_are_for_a_person_to_split():
    verdict = came(f"{ours(PERDITA)} {ours(BOOK.by_account[2])}", 16_200)

    words = "2 references are there: split the sum between them."
    assert verdict == Verdict(Outcome.UNMATCHED, words, others=(1, 2))


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
        ("PAYPAL", Outcome.UNMATCHED),
        ("PAYPAL JONES", Outcome.UNMATCHED),
        ("JONES TRANSFER", Outcome.UNMATCHED),
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

    assert judge(Credit(A_DAY, 7200, "FROM CMSUK-RESERVE"), book) == Verdict(
        Outcome.TRANSFER, "A transfer between the society's own accounts."
    )
    assert judge(Credit(A_DAY, 7200, "FROM CMSUK"), book).outcome == Outcome.SUGGESTED


@pytest.mark.parametrize(("pence", "words"), [(0, "No money came."), (-7200, "Money went out.")])
def test_what_brought_nothing_is_left_alone(pence, words):
    verdict = came(ours(PERDITA), pence)

    assert (verdict.outcome, verdict.reason) == (Outcome.IGNORED, words)


def test_other_currencies_are_left_alone():
    words = "Not in pounds: only pounds are matched."

    assert came(ours(PERDITA), is_sterling=False) == Verdict(Outcome.IGNORED, words)


def test_a_pay_out_says_that_it_was_counted():
    words = "PayPal's pay-out: counted when it came to PayPal."

    assert came("PAYPAL PAYOUT") == Verdict(Outcome.PAYOUT, words)


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
