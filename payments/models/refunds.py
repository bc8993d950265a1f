"""Money that goes back: refunds by us or in PayPal's own pages, reversals, and disputes."""

import datetime as dt

from django.db import models
from django.db.models import Q

from membership.models import User
from payments.models.attempts import Attempt
from payments.models.dealt_with import DealtWith, dealt_with_whole


class RefundQuerySet(models.QuerySet["Refund"]):
    def live(self) -> "RefundQuerySet":
        """Refunds that were made or still may be; their sum is reserved."""
        return self.exclude(state=Refund.State.FAILED)

    def due(self, at: dt.datetime) -> "RefundQuerySet":
        """Refunds that it is time to ask PayPal about."""
        return self.filter(next_check_at__lte=at)

    def undecided(self) -> "RefundQuerySet":
        """Money that went back without us: a person says what it means for the membership."""
        return self.filter(state=Refund.State.COMPLETED, effect=Refund.Effect.UNDECIDED)


class Refund(models.Model):
    """One giving back of a capture's money; refunds.py and refund_steps.py alone write it."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Asked for, not confirmed yet"
        PENDING = "pending", "On its way at PayPal"
        COMPLETED = "completed", "Refunded"
        FAILED = "failed", "Not refunded"

    class Origin(models.TextChoices):
        OFFICE = "office", "By the office"
        TERMS = "terms", "By the terms of what was paid for"
        PAYPAL = "paypal", "In PayPal's own pages"
        REVERSAL = "reversal", "Taken back by PayPal or the payer's bank"

    class Effect(models.TextChoices):
        UNDECIDED = "", "Not decided yet"
        KEEP = "keep", "The membership stays as it is"
        END = "end", "The membership ends"

    OPEN = (State.REQUESTED, State.PENDING)

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="refunds")
    ref = models.CharField(max_length=20, unique=True)
    request_id = models.CharField(max_length=60, blank=True)
    amount_pence = models.PositiveIntegerField()
    paypal_id = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    reason = models.CharField(max_length=64, blank=True)
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.UNDECIDED, blank=True)
    note = models.CharField("why", max_length=200, blank=True)
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)
    checks = models.PositiveSmallIntegerField(default=0)
    next_check_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        permissions = [("refund", "Can refund a payment, or say what a refund means")]
        constraints = [
            models.UniqueConstraint(
                fields=["request_id"], condition=~Q(request_id=""), name="a_refund_is_asked_once"
            ),
            models.UniqueConstraint(
                fields=["paypal_id"], condition=~Q(paypal_id=""), name="a_refund_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0), name="refunds_are_of_some_money"
            ),
            models.CheckConstraint(
                condition=~Q(origin__in=("office", "terms")) | (~Q(request_id="") & ~Q(effect="")),
                name="our_refunds_have_a_request_id_and_an_effect",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("requested", "failed")) | ~Q(paypal_id=""),
                name="refunds_under_way_have_paypals_id",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("requested", "pending"),
                    finished_at=None,
                    next_check_at__isnull=False,
                )
                | Q(
                    state__in=("completed", "failed"),
                    finished_at__isnull=False,
                    next_check_at=None,
                ),
                name="open_refunds_are_checked_again",
            ),
            models.CheckConstraint(
                condition=Q(effect="", decided_at=None, decided_by=None)
                | (
                    ~Q(effect="")
                    & Q(decided_at__isnull=False)
                    & (Q(decided_by__isnull=False) | Q(origin="terms"))
                ),
                name="effects_of_refunds_have_a_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=Q(next_check_at__isnull=False),
                name="refund_to_check",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.state in Refund.OPEN


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def waiting(self) -> "DisputeQuerySet":
        """Disputes that nobody of the office has dealt with."""
        return self.filter(dealt_at=None)


class Dispute(DealtWith):
    """A payer's complaint at PayPal. It moves no money and no membership: a person looks at it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="disputes")
    paypal_id = models.CharField("PayPal's case", max_length=40, unique=True)
    status = models.CharField(max_length=64)
    reason = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=64, blank=True)
    amount_pence = models.PositiveIntegerField(null=True, blank=True)
    due_on = models.DateField("answer by", null=True, blank=True)
    updated_text = models.CharField(
        "last changed at PayPal", max_length=40, blank=True, help_text="As PayPal writes it."
    )
    seen_at = models.DateTimeField()

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ("-seen_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(paypal_id=""), name="disputes_have_a_case"),
            dealt_with_whole("disputes_are_dealt_with_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.paypal_id
