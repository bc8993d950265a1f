"""Invoices, receipts and credit notes as papers: the same words on the page and in the PDF."""

import datetime as dt

from foundation.dates import in_words
from foundation.papers import Facts, Paper, Part, Table, Words
from foundation.pence import pounds
from payments.models import CreditNote, Entry, Invoice, InvoiceLine, Receipt
from payments.vat import WORDS, Treatment, rate_in_words, title_of_invoice

Pairs = tuple[tuple[str, str], ...]
TITLE_BEFORE = "Fee from before the portal"


def paper_of_invoice(invoice: Invoice) -> Paper:
    """What is asked for, line by line, and what has come of it so far."""
    lines = list(invoice.lines.all())
    parts: list[Part] = [Facts(_known(_about_invoice(invoice))), _lines(invoice, lines)]
    if words := WORDS.get(Treatment(invoice.vat_treatment)):
        parts.append(Words(words))
    if moved := _movements(invoice):
        parts.append(moved)
    is_before = invoice.kind == Invoice.Kind.BEFORE
    title = TITLE_BEFORE if is_before else title_of_invoice(invoice.vat_treatment)
    return Paper(
        f"{title} {invoice.number}",
        tuple(parts),
        foot=f"Payment reference {invoice.account.payment_reference}",
    )


def paper_of_receipt(receipt: Receipt) -> Paper:
    """That money came: from whom, for what, how, and what is left to pay."""
    period = _period(receipt.starts_on, receipt.ends_on)
    about = (
        ("Received from", _to(receipt)),
        ("Member number", receipt.member_number),
        ("Amount received", pounds(receipt.pence)),
        ("Date paid", in_words(receipt.paid_on)),
        ("For", receipt.text),
        ("Membership type", receipt.type),
        ("Membership period", period),
        ("Invoice", receipt.invoice.number if receipt.invoice else ""),
        ("Paid by", receipt.method),
        ("Their reference", receipt.source),
        ("Remaining balance", pounds(receipt.rest_pence)),
        ("Receipt issued", in_words(receipt.issued_on)),
    )
    return _signed(f"Receipt {receipt.number}", Facts(_known(about)), receipt)


def paper_of_credit_note(note: CreditNote) -> Paper:
    """What is not asked for any more, of which invoice, and why."""
    is_vat = note.invoice is not None and note.invoice.vat_treatment == Treatment.STANDARD
    about = (
        ("To", _to(note)),
        ("Member number", note.member_number),
        ("Amount credited", pounds(note.pence)),
        ("VAT within it", pounds(note.vat_pence) if is_vat else ""),
        ("VAT number", note.invoice.vat_number if note.invoice else ""),
        ("Invoice", note.invoice.number if note.invoice else ""),
        ("For", note.text),
        ("Reason", note.reason),
        ("Issued", in_words(note.issued_on)),
    )
    return _signed(f"Credit note {note.number}", Facts(_known(about)), note)


def _signed(title: str, facts: Facts, paper: Receipt | CreditNote) -> Paper:
    return Paper(title, (facts,), foot=f"Payment reference {paper.account.payment_reference}")


def _known(pairs: Pairs) -> Pairs:
    """Without what is not known: a paper has no empty lines."""
    return tuple(pair for pair in pairs if pair[1])


def _to(paper: Invoice | Receipt | CreditNote) -> str:
    return "\n".join(line for line in (paper.payer_name, paper.payer_address) if line)


def _period(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    if starts_on is None or ends_on is None:
        return ""
    return f"{in_words(starts_on)} to {in_words(ends_on)}"


def _about_invoice(invoice: Invoice) -> Pairs:
    fee, payer = invoice.fee, invoice.payer
    membership = getattr(payer, "membership", None)
    return (
        ("To", _to(invoice)),
        ("Member number", membership.written_number if membership else ""),
        ("Membership period", _period(fee.starts_on, fee.ends_on) if fee else ""),
        ("Issued", in_words(invoice.issued_on)),
        ("Due by", in_words(invoice.due_on) if invoice.is_payable else ""),
        ("Paid", in_words(invoice.paid_on) if invoice.paid_on else ""),
        ("State", invoice.get_state_display()),
        ("Still to pay", pounds(invoice.rest_pence) if invoice.is_payable else ""),
        ("Payment reference", invoice.account.payment_reference),
        ("VAT number", invoice.vat_number),
    )


def _lines(invoice: Invoice, lines: list[InvoiceLine]) -> Table:
    total = pounds(invoice.total_pence)
    if invoice.vat_treatment != Treatment.STANDARD:
        return Table(
            "What it is for",
            ("For", "Quantity", "Each", "Amount"),
            tuple(
                (line.text, str(line.quantity), pounds(line.unit_pence), pounds(line.pence))
                for line in lines
            ),
            (("Total", "", "", total),),
            figures=3,
        )
    vat = sum(line.vat_pence for line in lines)
    return Table(
        "What it is for",
        ("For", "Quantity", "Net", "VAT", "Amount"),
        tuple(_line_with_vat(line) for line in lines),
        (("Total", "", pounds(invoice.total_pence - vat), pounds(vat), total),),
        figures=4,
    )


def _line_with_vat(line: InvoiceLine) -> tuple[str, ...]:
    rate = rate_in_words(line.vat_rate or 0)
    net, vat = pounds(line.pence - line.vat_pence), f"{pounds(line.vat_pence)} at {rate}"
    return (line.text, str(line.quantity), net, vat, pounds(line.pence))


def _movements(invoice: Invoice) -> Table | None:
    """What came, went back or was taken off."""
    entries = invoice.entries.exclude(kind=Entry.Kind.CHARGE).select_related(
        "receipt", "creditnote"
    )
    rows = tuple(_movement(entry) for entry in entries.order_by("occurred_on", "pk"))
    if not rows:
        return None
    return Table("Payments and credits", ("What", "Date", "Paper", "Amount"), rows, figures=1)


def _movement(entry: Entry) -> tuple[str, ...]:
    paper = getattr(entry, "receipt", None) or getattr(entry, "creditnote", None)
    what = f"{entry.get_kind_display()}{entry.came_by}"
    return (what, in_words(entry.occurred_on), str(paper or ""), pounds(entry.pence))
