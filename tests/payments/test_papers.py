"""Invoices, receipts and credit notes: what they say, and that nobody else reads them."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.models import Letter
from payments import invoicing, paperwork, receipting
from payments.models import CreditNote, Invoice, Receipt
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

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Łukasz", "family_name": "Đặng-Şengül"}


def words(answer):
    """The text of a page as a person reads it."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def words_of_pdf(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page(name, paper):
    return reverse(f"payments:{name}", args=[paper.number])


def facts(paper):
    return dict(paper.parts[0].rows)


@pytest.fixture
def invoice():
    """Of 72 pounds, of which 20 came and were receipted, and then withdrawn."""
    invoice = make_invoice(7200, make_person(**NAMES))
    receive(invoice, 2000, note="D SENGUL CMS")
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()
    invoicing.withdraw(invoice.pk, at=A_MOMENT)
    invoice.refresh_from_db()
    return invoice


def papers_of(invoice):
    return {
        "invoice": invoice,
        "receipt": Receipt.objects.get(),
        "credit_note": CreditNote.objects.get(),
    }


# What they say -------------------------------------------------------------------------------


def test_an_invoice_says_who_owes_what_for_what_by_when():
    invoice = make_invoice(7200)

    about, lines = paperwork.paper_of_invoice(invoice).parts

    assert dict(about.rows) == {
        "To": f"{invoice.payer_name}\n{invoice.payer_address}",
        "Issued": "22 November 2026",
        "Due by": "20 February 2027",
        "State": "To be paid",
        "Still to pay": "£72.00",
        "Payment reference": invoice.account.payment_reference,
    }
    assert lines.rows == (
        ("Case Manager membership, 12 months (joining)", "1", "£72.00", "£72.00"),
    )
    assert lines.totals == (("Total", "", "", "£72.00"),)


def test_a_receipt_says_everything_that_a_treasurer_asks_for():
    invoice = make_invoice(7200)

    receive(invoice, 7200, note="P EXAMPLE CMS")

    receipt = Receipt.objects.get()
    assert paperwork.paper_of_receipt(receipt).title == "Receipt CMSR-2026-0001"
    assert facts(paperwork.paper_of_receipt(receipt)) == {
        "Received from": f"{invoice.payer_name}\n{invoice.payer_address}",
        "Member number": "CM-0001",
        "Amount received": "£72.00",
        "Date paid": "22 November 2026",
        "For": "Case Manager membership, 12 months (joining)",
        "Membership type": "Case Manager",
        "Membership period": "22 November 2026 to 21 November 2027",
        "Invoice": "CMS-2026-0001",
        "Paid by": "Bank transfer",
        "Their reference": "P EXAMPLE CMS",
        "Remaining balance": "£0.00",
        "Receipt issued": "22 November 2026",
    }


def test_a_receipt_for_a_part_says_what_is_left_and_no_period():
    receive(make_invoice(7200), 2000)

    told = facts(paperwork.paper_of_receipt(Receipt.objects.get()))

    assert (told["Amount received"], told["Remaining balance"]) == ("£20.00", "£52.00")
    assert "Membership period" not in told


def test_a_receipt_for_paypal_names_its_capture(paypal):
    attempt = pay_until_approved(paypal, make_invoice(7200))
    come_back(attempt)
    attempt.refresh_from_db()

    told = facts(paperwork.paper_of_receipt(Receipt.objects.get()))

    assert told["Paid by"] == "PayPal or card, through PayPal"
    assert told["Their reference"] == attempt.capture_id


def test_a_receipt_without_words_of_the_bank_names_the_payment_reference():
    invoice = make_invoice(7200)
    receive(invoice, 7200)

    told = facts(paperwork.paper_of_receipt(Receipt.objects.get()))

    assert told["Their reference"] == invoice.account.payment_reference


def test_a_withdrawn_invoice_has_a_credit_note_with_its_reason(invoice):
    told = facts(paperwork.paper_of_credit_note(CreditNote.objects.get()))

    assert (told["Amount credited"], told["Invoice"]) == ("£72.00", "CMS-2026-0001")
    assert told["Reason"] == "This fee is no longer asked for."


def test_an_invoice_lists_what_came_and_what_was_taken_off(invoice):
    movements = paperwork.paper_of_invoice(invoice).parts[2]

    assert movements.rows == (
        ("Payment by bank transfer", "22 November 2026", "CMSR-2026-0001", "£20.00"),
        ("Charge withdrawn", "22 November 2026", "CMSC-2026-0001", "£72.00"),
    )


def test_papers_keep_the_name_and_address_of_their_day(invoice):
    person = invoice.payer
    person.family_name, person.town = "Later-Name", "Elsewhere"
    person.save()

    for name, paper in papers_of(invoice).items():
        paper.refresh_from_db()
        told = repr(getattr(paperwork, f"paper_of_{name}")(paper))
        assert "Łukasz Đặng-Şengül" in told
        assert "Later-Name" not in told
        assert "Elsewhere" not in told


def test_an_upgrade_by_month_shows_its_sum_on_the_line():
    fee = make_fee(make_member(type="associate"), 1500, purpose="upgrade", reckoning="6 of 12")
    invoice = invoicing.raise_for(fee, at=A_MOMENT)

    line = paperwork.paper_of_invoice(invoice).parts[1].rows[0]

    assert line[0] == "Change to Case Manager membership until your next renewal\n6 of 12"


# Numbers -------------------------------------------------------------------------------------


def test_receipts_are_numbered_by_the_year_in_britain_in_which_they_are_written():
    midnight = dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
    for at in (A_MOMENT, midnight, midnight + dt.timedelta(seconds=1)):
        receive(make_invoice(7200), 7200, at=at)

    assert [one.number for one in Receipt.objects.order_by("pk")] == [
        "CMSR-2026-0001",
        "CMSR-2026-0002",
        "CMSR-2027-0001",
    ]


def test_each_kind_of_paper_has_a_row_of_numbers_of_its_own(invoice):
    assert [one.number for one in papers_of(invoice).values()] == [
        "CMS-2026-0001",
        "CMSR-2026-0001",
        "CMSC-2026-0001",
    ]


def test_the_same_payment_twice_has_one_receipt():
    invoice = make_invoice(7200)

    entry = receive(invoice, 7200, source_key="bank:1").entry
    receive(invoice, 7200, source_key="bank:1")
    again = receipting.give_receipt(entry, at=A_MOMENT)

    assert again == Receipt.objects.get()


def test_a_missing_paper_is_written_by_the_sweep_once(invoice):
    Receipt.objects.all().delete()
    CreditNote.objects.all().delete()

    first, second = (receipting.write_missing(at=A_MOMENT) for _ in range(2))

    assert (first, second) == (2, 0)
    assert (Receipt.objects.count(), CreditNote.objects.count()) == (1, 1)


# Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["invoice", "receipt", "credit_note"])
def test_the_payer_reads_a_page_and_the_pdf_says_the_same(client, invoice, name):
    client.force_login(invoice.payer.user)
    paper = papers_of(invoice)[name]

    shown = words(client.get(page(name, paper)))
    printed = client.get(page(f"{name}_pdf", paper))

    assert printed["Content-Type"] == "application/pdf"
    told = getattr(paperwork, f"paper_of_{name}")(paper)
    for fact in (told.title, told.foot, *facts(told), *facts(told).values()):
        assert " ".join(fact.split()) in shown
        assert " ".join(fact.split()) in words_of_pdf(printed)
    assert printed.content == client.get(page(f"{name}_pdf", paper)).content


@pytest.mark.parametrize("pdf", ["", "_pdf"])
@pytest.mark.parametrize("name", ["invoice", "receipt", "credit_note"])
def test_nobody_else_finds_a_paper(client, invoice, name, pdf):
    path = page(f"{name}{pdf}", papers_of(invoice)[name])

    assert client.get(path)["Location"].startswith("/accounts/login/")
    for user in (make_member().user, make_clerk()):
        client.force_login(user)
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("pdf", ["", "_pdf"])
@pytest.mark.parametrize("name", ["invoice", "receipt", "credit_note"])
def test_the_office_reads_every_paper(client, invoice, name, pdf):
    client.force_login(make_officer())

    assert client.get(page(f"{name}{pdf}", papers_of(invoice)[name])).status_code == 200


def test_papers_of_an_account_that_was_merged_are_read_with_the_others(client, invoice):
    kept = make_member()
    invoice.payer.merged_into = kept
    invoice.payer.save()
    client.force_login(kept.user)

    codes = [client.get(page(name, one)).status_code for name, one in papers_of(invoice).items()]

    assert codes == [200, 200, 200]
    assert "CMSR-2026-0001 £20.00" in words(client.get(reverse("payments:history")))


@pytest.mark.parametrize("name", ["invoice", "receipt", "credit_note", "receipt_pdf"])
@pytest.mark.parametrize("number", ["CMS-2026-9999", "%00", "'", "Đ", "../x"])
def test_a_number_that_no_paper_has_is_not_found(client, name, number):
    client.force_login(make_officer())
    way = reverse(f"payments:{name}", args=["NUMBER"]).replace("NUMBER", number)

    assert client.get(way).status_code == 404


def test_the_letter_leads_to_the_receipt(client):
    invoice = make_invoice(7200)
    receive(invoice, 7200)

    receipt, letter = Receipt.objects.get(), Letter.objects.get(kind="receipt")

    assert receipt.number in letter.subject
    assert page("receipt", receipt) in letter.text


def test_the_history_lists_every_movement_with_the_balance_after_it(client, invoice):
    client.force_login(invoice.payer.user)

    shown = words(client.get(reverse("payments:history")))

    assert "Credit on your account £20.00" in shown
    assert "CMS-2026-0001 -£72.00 -£72.00" in shown
    assert "CMSR-2026-0001 £20.00 -£52.00" in shown
    assert "CMSC-2026-0001 £72.00 £20.00" in shown


def test_the_history_of_somebody_else_is_not_shown(client, invoice):
    client.force_login(make_member().user)

    shown = words(client.get(reverse("payments:history")))

    assert "There are no invoices and no payments yet." in shown
    assert "CMS-2026-0001" not in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_costs_the_same_with_one_payment_and_with_three(client, rows):
    person = make_person()
    for _ in range(rows):
        receive(make_invoice(7200, person), 7200)
    client.force_login(person.user)
    client.get(reverse("payments:history"))

    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("payments:history"))

    assert len(counted) <= 9


def test_an_invoice_of_no_fee_is_asked_for_in_several_lines():
    account = invoicing.account_of(make_person())
    items = (invoicing.Item("A place", 5000, quantity=2), invoicing.Item("Lunch", 1250))
    asked = invoicing.Asked(Invoice.Kind.EVENT, "Study day", items, A_DAY)

    invoice = invoicing.issue(account, asked, at=A_MOMENT)

    lines = paperwork.paper_of_invoice(invoice).parts[1]
    assert (invoice.total_pence, invoice.state) == (11_250, Invoice.State.ISSUED)
    assert lines.rows == (("A place", "2", "£50.00", "£100.00"), ("Lunch", "1", "£12.50", "£12.50"))


@pytest.mark.parametrize("name", ["receipt", "creditnote"])
def test_the_office_looks_papers_up_by_the_name_on_them(client, invoice, name):
    client.force_login(make_officer())
    paper = {"receipt": Receipt, "creditnote": CreditNote}[name].objects.get()
    listing = reverse(f"admin:payments_{name}_changelist")

    found = client.get(listing, {"q": "Łukasz"}).content.decode()
    missed = client.get(listing, {"q": "Nobody"}).content.decode()
    shown = client.get(reverse(f"admin:payments_{name}_change", args=[paper.pk])).content.decode()

    assert (paper.number in found, paper.number in missed) == (True, False)
    assert f"/{paper.number}/" in shown
    client.force_login(make_clerk())
    assert client.get(listing).status_code == 403


@pytest.mark.parametrize("pence", [2000, 7200])
def test_every_letter_about_money_leads_to_its_receipt(pence):
    invoice = make_invoice(7200)
    receive(invoice, pence)
    receive(invoice, 7200)

    letters = Letter.objects.filter(kind__in=("receipt", "part_payment", "payment_not_needed"))
    receipts = Receipt.objects.order_by("pk")
    assert [
        page("receipt", one) in letter.text
        for one, letter in zip(receipts, letters.order_by("pk"), strict=True)
    ] == [True, True]
