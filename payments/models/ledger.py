"""Payers, invoices without gaps, and a ledger that is added to and never changed."""

from typing import Any

from django.db import models
from django.db.models import F, Q, Sum

from membership.models import FeeDue, Person, User
from payments.models.append_only import (
    AppendOnly,
    AppendOnlyQuerySet,
    LedgerIsAppendOnly,
    heading_of,
)
from payments.vat import Treatment

VAT_CHOICES = (
    (Treatment.NOT_REGISTERED.value, "Not registered for VAT"),
    (Treatment.EXEMPT.value, "Exempt from VAT"),
    (Treatment.STANDARD.value, "VAT is charged"),
)

STILL_ASKED = F("total_pence") - F("credited_pence")


class Account(models.Model):
    """Where one payer's money is kept together: one account and one reference for life."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    payment_reference = models.CharField(max_length=10, unique=True)

    class Meta:
        ordering = ("payment_reference",)
        constraints = [
            models.CheckConstraint(
                condition=Q(payment_reference__regex=r"^CMS[0-9]{7}$"),
                name="payment_references_have_their_form",
            ),
        ]

    def __str__(self) -> str:
        return self.payment_reference

    def balance_pence(self) -> int:
        """What is left of the payer's money after every charge: above zero is credit, in pence."""
        total: int | None = self.entries.aggregate(total=Sum("pence"))["total"]
        return total or 0


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def of(self, person: Person) -> "InvoiceQuerySet":
        """Those of the person, and of accounts that were merged into theirs."""
        return self.filter(Q(account__person=person) | Q(account__person__merged_into=person))

    def whole(self) -> "InvoiceQuerySet":
        """With everything that a page about an invoice shows."""
        return self.select_related("account__person__membership", "fee")

    def payable(self) -> "InvoiceQuerySet":
        """Invoices for which money is still awaited."""
        return self.filter(state__in=Invoice.PAYABLE)


class Invoice(models.Model):
    """What a payer owes for one thing; its state follows from the ledger's entries."""

    class Kind(models.TextChoices):
        JOINING = "joining", "Joining"
        RENEWAL = "renewal", "Renewal"
        UPGRADE = "upgrade", "Change of type"
        BEFORE = "before", "Paid before the portal"
        EVENT = "event", "Event"
        OTHER = "other", "Other"

    class State(models.TextChoices):
        ISSUED = "issued", "To be paid"
        PART_PAID = "part_paid", "Paid in part"
        PAID = "paid", "Paid"
        VOID = "void", "Withdrawn"
        CREDITED = "credited", "Refunded and credited"

    PAYABLE = (State.ISSUED, State.PART_PAID)

    number = models.CharField(max_length=20, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=10, choices=Kind)
    fee = models.ForeignKey(
        FeeDue, on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    text = models.CharField("for", max_length=120)
    payer_name = models.CharField(max_length=170, blank=True)
    payer_address = models.TextField(blank=True)
    vat_treatment = models.CharField(
        max_length=16, choices=VAT_CHOICES, default=Treatment.NOT_REGISTERED.value
    )
    vat_number = models.CharField("VAT number", max_length=20, blank=True)
    total_pence = models.PositiveIntegerField()
    paid_pence = models.IntegerField(default=0)
    credited_pence = models.PositiveIntegerField(
        default=0, help_text="What is not asked for any more since it was refunded, in pence."
    )
    state = models.CharField(max_length=10, choices=State, default=State.ISSUED)
    issued_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True, blank=True)
    transfer_sent_on = models.DateField(
        null=True, blank=True, help_text="When the payer said that a bank transfer was made."
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["fee"], condition=~Q(state="void"), name="one_invoice_a_fee"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^CMSB?-[0-9]{4}-[0-9]{4,}$"),
                name="invoice_numbers_have_their_form",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="issued", paid_pence__lte=0, total_pence__gt=F("credited_pence"))
                    | Q(state="part_paid", paid_pence__gt=0, paid_pence__lt=STILL_ASKED)
                    | Q(state="paid", paid_pence__gte=STILL_ASKED)
                    | Q(state="credited", credited_pence=F("total_pence"), total_pence__gt=0)
                    | Q(state="void")
                ),
                name="invoice_state_follows_the_money",
            ),
            models.CheckConstraint(
                condition=Q(vat_treatment="standard") ^ Q(vat_number=""),
                name="vat_numbers_stand_where_vat_is_charged",
            ),
            models.CheckConstraint(
                condition=Q(credited_pence__lte=F("total_pence")),
                name="no_more_is_credited_than_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False)
                | (~Q(state="paid") & Q(paid_on=None)),
                name="paid_invoices_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def rest_pence(self) -> int:
        """What is still to be paid, in pence."""
        return max(self.asked_pence - self.paid_pence, 0) if self.is_payable else 0

    @property
    def asked_pence(self) -> int:
        """The total without what was credited, in pence."""
        return self.total_pence - self.credited_pence

    @property
    def is_payable(self) -> bool:
        return self.state in Invoice.PAYABLE

    @property
    def is_awaited(self) -> bool:
        """Whether money is awaited for it; not where its fee was cancelled, waived or settled."""
        return self.is_payable and (self.fee is None or self.fee.is_outstanding)

    @property
    def payer(self) -> Person:
        return self.account.person


GONE = "Removed"
"""What stands for the words of an entry when their time is over."""


def is_gone(words: Any) -> bool:
    return bool(getattr(words, "value", words) == GONE)


class EntryQuerySet(AppendOnlyQuerySet["Entry"]):
    def payments(self) -> "EntryQuerySet":
        """Money that came, and money that was taken back again."""
        return self.exclude(kind__in=Entry.NO_MONEY)

    def update(self, **kwargs: Any) -> int:
        """What a bank wrote may name its payer: those words go in time, and nothing else ever."""
        if kwargs.keys() == {"note"} and is_gone(kwargs["note"]):
            return models.QuerySet.update(self, **kwargs)
        raise LedgerIsAppendOnly


class Entry(AppendOnly):
    """One line of the ledger, in signed pence: money that came adds, charges take away."""

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        PAYMENT = "payment", "Payment"
        CREDIT_NOTE = "credit_note", "Charge withdrawn"
        REVERSAL = "reversal", "Reversal"
        TRANSFER = "transfer", "Credit moved"
        WRITE_OFF = "write_off", "Written off"
        REFUND = "refund", "Refund"

    class Method(models.TextChoices):
        PAYPAL = "paypal", "PayPal"
        BANK = "bank", "Bank transfer"
        BEFORE = "before", "Before the portal"
        NONE = "", "No money moved"

    NO_MONEY = (Kind.CHARGE, Kind.CREDIT_NOTE)
    """What is asked for, and what is not asked for any more."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    method = models.CharField(max_length=10, choices=Method, blank=True)
    pence = models.IntegerField()
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    attempt = models.ForeignKey(
        "payments.Attempt", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    refund = models.ForeignKey(
        "payments.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    bank_line = models.ForeignKey(
        "payments.BankLine", on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    occurred_on = models.DateField()
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    source_key = models.CharField(max_length=120, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "-pk")
        verbose_name_plural = "ledger entries"
        permissions = [
            ("record_payment", "Can record a payment by bank transfer"),
            ("write_off", "Can write off the rest of an invoice, giving a reason"),
            ("export_ledger", "Can see the trial balance and download the journal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="charge", pence__lt=0, method="", invoice__isnull=False)
                    | Q(kind="payment", pence__gt=0, method__in=("paypal", "bank", "before"))
                    | Q(kind="credit_note", pence__gt=0, method="", invoice__isnull=False)
                    | Q(kind="refund", pence__lt=0, method__in=("paypal", "bank"))
                    | (Q(kind="reversal") & ~Q(pence=0))
                    | (Q(kind="transfer", method="") & ~Q(pence=0))
                    | Q(kind="write_off", pence__gt=0, method="", invoice__isnull=False)
                ),
                name="entries_have_the_sign_of_their_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses=None)),
                name="reversals_name_what_they_reverse",
            ),
            models.CheckConstraint(condition=~Q(source_key=""), name="entries_name_their_source"),
            models.CheckConstraint(
                condition=~Q(kind="write_off") | (Q(posted_by__isnull=False) & ~Q(note="")),
                name="write_offs_have_a_name_and_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="payment", method="before")
                | (Q(posted_by__isnull=False, invoice__isnull=False) & ~Q(note="")),
                name="money_from_before_has_a_name_and_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    heading = property(heading_of)

    @property
    def came_by(self) -> str:
        """The way it came or went, to stand behind what it was; empty where no money moved."""
        words = {
            self.Method.PAYPAL: " by PayPal",
            self.Method.BANK: " by bank transfer",
            self.Method.BEFORE: " before the portal",
        }
        return words.get(self.Method(self.method), "")
