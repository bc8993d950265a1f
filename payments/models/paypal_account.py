"""The society's own account at PayPal: what PayPal charges, and what it pays out to the bank.

What payers paid there is in the ledger, in full; these lines are the rest of that account.
"""

from django.db import models
from django.db.models import Q

from membership.models import User
from payments.models.append_only import AppendOnly, AppendOnlyQuerySet, heading_of
from payments.models.attempts import Attempt
from payments.models.bank import BankLine
from payments.models.refunds import Refund


class PaypalEntry(AppendOnly):
    """What one charge or pay-out does to the money that PayPal holds for us, in signed pence."""

    class Kind(models.TextChoices):
        FEE = "paypal_fee", "PayPal's charge"
        PAYOUT = "payout", "Pay-out to the bank"

    kind = models.CharField(max_length=10, choices=Kind)
    pence = models.IntegerField()
    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, null=True, blank=True, related_name="paypal_entries"
    )
    refund = models.ForeignKey(
        Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="paypal_entries"
    )
    bank_line = models.ForeignKey(
        BankLine, on_delete=models.PROTECT, null=True, blank=True, related_name="paypal_entries"
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

    objects = AppendOnlyQuerySet["PaypalEntry"].as_manager()

    class Meta:
        ordering = ("-posted_at", "-pk")
        verbose_name = "line of our PayPal account"
        verbose_name_plural = "PayPal's charges and pay-outs"
        permissions = [("book_charge", "Can book a charge of PayPal's by hand")]
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="paypal_lines_are_of_some_money"),
            models.CheckConstraint(
                condition=~Q(source_key=""), name="paypal_lines_name_their_source"
            ),
            models.CheckConstraint(
                condition=Q(kind="payout", attempt=None, refund=None, bank_line__isnull=False)
                | (Q(kind="paypal_fee", bank_line=None) & (Q(refund=None) | ~Q(attempt=None))),
                name="payouts_have_a_bank_line_and_charges_none",
            ),
            models.CheckConstraint(
                condition=~Q(kind="paypal_fee", attempt=None)
                | (Q(posted_by__isnull=False) & ~Q(note="")),
                name="charges_by_hand_have_a_name_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    heading = property(heading_of)
