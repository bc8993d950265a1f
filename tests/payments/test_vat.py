"""VAT: silent by default, a sentence where exempt, worked out by the line where it is charged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.papers import Words
from payments import invoicing, paperwork, receipting
from payments.models import Entry, Invoice
from payments.vat import rate_in_words, title_of_invoice, vat_within
from tests.factories import A_MOMENT, make_approved
from tests.payments.money import make_invoice

SUMS = st.integers(0, 100_000_000)
RATES = st.integers(0, 9_999)


@pytest.mark.parametrize(
    ("gross", "vat"),
    # A sixth of a sum with VAT at 20% is VAT: 0.5p in 3p, 1.5p in 9p, 1.33p in 8p.
    [(0, 0), (2, 0), (3, 1), (6, 1), (8, 1), (9, 2), (12, 2), (9000, 1500), (7200, 1200)],
)
def test_the_vat_within_a_sum_is_rounded_half_up(gross, vat):
    assert vat_within(gross, rate=2000) == vat


def test_at_a_rate_of_nothing_there_is_no_vat():
    assert vat_within(9000, rate=0) == 0


@given(gross=SUMS, rate=RATES)
def test_net_and_vat_add_up_and_differ_from_the_exact_by_half_a_penny_at_most(gross, rate):
    vat = vat_within(gross, rate=rate)

    assert 0 <= vat <= gross
    assert abs(2 * vat * (10_000 + rate) - 2 * gross * rate) <= 10_000 + rate


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (2000, "20%"),
        (1750, "17.5%"),
        (500, "5%"),
        (0, "0%"),
        (1025, "10.25%"),
        (1000, "10%"),
        (1005, "10.05%"),
    ],
)
def test_a_rate_is_said_in_percent(rate, words):
    assert rate_in_words(rate) == words


@pytest.mark.parametrize(
    ("treatment", "title"),
    [("standard", "VAT invoice"), ("exempt", "Invoice"), ("not_registered", "Invoice")],
)
def test_only_who_charges_vat_calls_the_paper_a_vat_invoice(treatment, title):
    assert title_of_invoice(treatment) == title


def standard(settings):
    settings.VAT_TREATMENT, settings.VAT_NUMBER = "standard", "GB 000 0000 00"
    settings.VAT_RATE = 2000


def all_words(paper):
    return repr(paper)


@pytest.mark.django_db
def test_where_nothing_is_said_about_vat_the_papers_are_silent():
    paper = paperwork.paper_of_invoice(make_invoice(9000))

    assert paper.title == "Invoice CMS-2026-0001"
    assert "VAT" not in all_words(paper)


@pytest.mark.django_db
def test_an_exempt_society_says_so_and_shows_no_number(settings):
    settings.VAT_TREATMENT = "exempt"

    paper = paperwork.paper_of_invoice(make_invoice(9000))

    assert paper.title == "Invoice CMS-2026-0001"
    assert Words("Subscription exempt from VAT") in paper.parts
    assert all_words(paper).count("VAT") == 1


@pytest.mark.django_db
def test_a_society_that_charges_vat_shows_net_rate_vat_and_number(settings):
    standard(settings)

    paper = paperwork.paper_of_invoice(make_invoice(9000))

    facts, lines = paper.parts
    assert paper.title == "VAT invoice CMS-2026-0001"
    assert ("VAT number", "GB 000 0000 00") in facts.rows
    assert lines.head == ("For", "Quantity", "Net", "VAT", "Amount")
    assert [row[1:] for row in lines.rows] == [("1", "£75.00", "£15.00 at 20%", "£90.00")]
    assert lines.totals == (("Total", "", "£75.00", "£15.00", "£90.00"),)


@pytest.mark.django_db
def test_an_invoice_keeps_the_vat_of_its_day(settings):
    standard(settings)
    invoice = make_invoice(9000)
    settings.VAT_TREATMENT, settings.VAT_NUMBER = "not_registered", ""

    assert paperwork.paper_of_invoice(invoice).title == "VAT invoice CMS-2026-0001"
    assert paperwork.paper_of_invoice(make_invoice(9000)).title == "Invoice CMS-2026-0002"


@pytest.mark.django_db
@pytest.mark.parametrize(("pence", "vat"), [(9000, 1500), (3000, 500)])
def test_a_credit_note_takes_the_vat_back_with_the_sum(settings, pence, vat):
    standard(settings)
    invoice = make_invoice(9000)
    entry = Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.CREDIT_NOTE,
        pence=pence,
        invoice=invoice,
        occurred_on=A_MOMENT.date(),
        posted_at=A_MOMENT,
        source_key="a credit",
    )

    note = receipting.give_credit_note(entry, invoice, at=A_MOMENT, reason="By agreement.")

    assert (note.pence, note.vat_pence) == (pence, vat)


@pytest.mark.django_db
def test_the_vat_of_several_lines_is_the_sum_of_each_lines(settings):
    standard(settings)
    account = invoicing.account_of(make_approved().person)
    items = tuple(invoicing.Item(f"Place {number}", 3) for number in range(3))
    asked = invoicing.Asked(Invoice.Kind.EVENT, "Study day", items, A_MOMENT.date())

    lines = paperwork.paper_of_invoice(invoicing.issue(account, asked, at=A_MOMENT)).parts[1]

    assert lines.totals == (("Total", "", "£0.06", "£0.03", "£0.09"),)
