"""What was written down for a payer: the lines of invoices, receipts, and credit notes.

Each keeps the names and words of its day. None is changed or deleted; once accounts need not be
kept any more, the names alone are blanked.
"""

from django.db import models
from django.db.models import F, Q

from payments.models.ledger import Account, Entry, Invoice

NUMBER = r"-[0-9]{4}-[0-9]{4,}$"


class InvoiceLine(models.Model):
    """One line: what, how many, for how much, VAT included. Without a rate there is no VAT."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=400)
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_pence = models.PositiveIntegerField()
    vat_rate = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In hundredths of a percent: 2000 is 20%."
    )
    vat_pence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("invoice", "position")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_line_a_position"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="lines_are_of_something"),
            models.CheckConstraint(
                condition=Q(vat_rate__isnull=False) | Q(vat_pence=0), name="no_vat_without_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(vat_pence__lte=F("unit_pence") * F("quantity")),
                name="vat_is_within_its_line",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.position} of invoice {self.invoice_id}"

    @property
    def pence(self) -> int:
        """What the line asks for, VAT included, in pence."""
        return self.quantity * self.unit_pence


class Paper(models.Model):
    """What receipts and credit notes share: a number, an entry, and the names of that day."""

    number = models.CharField(max_length=20, unique=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="%(class)s")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="%(class)ss")
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    payer_name = models.CharField(max_length=170, blank=True)
    payer_address = models.TextField(blank=True)
    member_number = models.CharField(max_length=12, blank=True)
    text = models.CharField("for", max_length=120)
    issued_on = models.DateField()
    pence = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Receipt(Paper):
    """That money came: one for each payment in the ledger."""

    type = models.CharField("membership type", max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField()
    method = models.CharField(max_length=40)
    source = models.CharField("PayPal or bank reference", max_length=200, blank=True)
    rest_pence = models.PositiveIntegerField(help_text="What was still to be paid after it.")

    class Meta:
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=rf"^CMSR{NUMBER}"), name="receipt_numbers_have_their_form"
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="receipts_are_for_some_money"),
        ]


class CreditNote(Paper):
    """That an invoice, or a part of it, is not asked for any more, and why."""

    reason = models.CharField(max_length=200)
    vat_pence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=rf"^CMSC{NUMBER}"),
                name="credit_note_numbers_have_their_form",
            ),
            models.CheckConstraint(
                condition=Q(pence__gt=0), name="credit_notes_are_for_some_money"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="credit_notes_have_a_reason"),
            models.CheckConstraint(
                condition=Q(vat_pence__lte=F("pence")), name="vat_is_within_its_credit_note"
            ),
        ]
