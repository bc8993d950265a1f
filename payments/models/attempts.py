"""Attempts to pay through PayPal, and the messages that PayPal sends about them."""

import datetime as dt

from django.db import models
from django.db.models import Q

from membership.models import Person
from payments.models.dealt_with import DealtWith, dealt_with_whole
from payments.models.ledger import Invoice

OPEN_STATES = ("created", "waiting", "capturing", "pending")
PAID_STATES = ("captured", "part_refunded", "refunded", "reversed")
UNPAID_STATES = ("cancelled", "expired", "declined", "mismatch")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> "AttemptQuerySet":
        """Attempts that may still bring money; an invoice has at most one."""
        return self.filter(state__in=Attempt.OPEN)

    def paid_by(self, person: Person) -> "AttemptQuerySet":
        """Those of one payer that brought money, wherever it is by now."""
        return self.filter(invoice__account__person=person, state__in=Attempt.PAID)

    def being_taken(self) -> "AttemptQuerySet":
        """Attempts whose payer has agreed, and whose money is not known to have come yet."""
        return self.filter(state__in=Attempt.BEING_TAKEN)

    def due(self, at: dt.datetime) -> "AttemptQuerySet":
        """Attempts that it is time to ask PayPal about."""
        return self.filter(next_check_at__lte=at)

    def stopped(self) -> "AttemptQuerySet":
        """Those that did not agree with PayPal and that nobody has dealt with."""
        return self.filter(state=Attempt.State.MISMATCH, dealt_at=None)


class Attempt(DealtWith):
    """One try to pay one invoice through PayPal; attempts.py and its steps alone write it."""

    class State(models.TextChoices):
        CREATED = "created", "Being prepared"
        WAITING = "waiting", "Waiting for the payer at PayPal"
        CAPTURING = "capturing", "Being confirmed with PayPal"
        PENDING = "pending", "Held by PayPal for review"
        CAPTURED = "captured", "Paid"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Ran out"
        DECLINED = "declined", "Refused"
        MISMATCH = "mismatch", "Stopped: does not agree with the invoice"
        PART_REFUNDED = "part_refunded", "Paid, refunded in part"
        REFUNDED = "refunded", "Refunded"
        REVERSED = "reversed", "Taken back through PayPal"

    OPEN = (State.CREATED, State.WAITING, State.CAPTURING, State.PENDING)
    BEING_TAKEN = (State.CAPTURING, State.PENDING)
    MAY_BE_REPEATED = (State.CANCELLED, State.DECLINED, State.EXPIRED)
    PAID = (State.CAPTURED, State.PART_REFUNDED, State.REFUNDED, State.REVERSED)

    ref = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=43, unique=True)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="attempts")
    amount_pence = models.PositiveIntegerField()
    env = models.CharField(max_length=10)
    captured_pence = models.PositiveIntegerField(default=0)
    refunded_pence = models.PositiveIntegerField(
        default=0, help_text="Refunds that were made or asked for, in pence."
    )
    state = models.CharField(max_length=16, choices=State, default=State.CREATED)
    reason = models.CharField(max_length=64, blank=True)
    order_id = models.CharField(max_length=40, blank=True)
    approval_url = models.CharField(max_length=500, blank=True)
    create_request_id = models.CharField(max_length=60, unique=True)
    capture_request_id = models.CharField(max_length=60, blank=True)
    try_no = models.PositiveSmallIntegerField(default=1)
    capture_id = models.CharField(max_length=40, blank=True)
    fee_pence = models.PositiveIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)
    checks = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = "PayPal attempt"
        permissions = [("sync_attempt", "Can ask PayPal how an attempt stands")]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_attempt_an_invoice",
            ),
            models.UniqueConstraint(
                fields=["env", "order_id"], condition=~Q(order_id=""), name="an_order_counts_once"
            ),
            models.UniqueConstraint(
                fields=["env", "capture_id"],
                condition=~Q(capture_id=""),
                name="a_capture_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0), name="attempts_are_for_some_money"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("waiting", "capturing", "pending", *PAID_STATES))
                | (~Q(order_id="") & ~Q(approval_url="")),
                name="attempts_at_paypal_have_an_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="capturing") | ~Q(capture_request_id=""),
                name="captures_have_a_request_id",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("pending", *PAID_STATES)) | ~Q(capture_id=""),
                name="captured_attempts_have_a_capture",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PAID_STATES, captured_pence__gt=0)
                | (~Q(state__in=PAID_STATES) & Q(captured_pence=0)),
                name="only_captured_attempts_brought_money",
            ),
            models.CheckConstraint(
                condition=Q(refunded_pence__lte=models.F("captured_pence")),
                name="refunds_fit_into_their_capture",
            ),
            dealt_with_whole("attempts_are_dealt_with_by_somebody"),
            models.CheckConstraint(
                condition=Q(
                    state__in=OPEN_STATES,
                    closed_at=None,
                    next_check_at__isnull=False,
                )
                | Q(
                    state__in=(*PAID_STATES, *UNPAID_STATES),
                    closed_at__isnull=False,
                ),
                name="open_attempts_are_checked_again",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=Q(next_check_at__isnull=False),
                name="attempt_to_check",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.state in Attempt.OPEN

    @property
    def is_being_taken(self) -> bool:
        return self.state in self.BEING_TAKEN

    @property
    def is_paid(self) -> bool:
        """Whether money came, even where some of it went back since."""
        return self.state in Attempt.PAID

    @property
    def refundable_pence(self) -> int:
        """What may still be refunded: refunds that are only asked for count as made."""
        return self.captured_pence - self.refunded_pence


class WebhookEvent(models.Model):
    """A message that PayPal signed, kept once by its id; it says only what to ask PayPal about."""

    class State(models.TextChoices):
        RECEIVED = "received", "Waiting"
        DONE = "done", "Done"
        IGNORED = "ignored", "Nothing of ours"
        FAILED = "failed", "To be tried again"

    WAITING = (State.RECEIVED, State.FAILED)

    event_id = models.CharField(max_length=80, unique=True)
    event_type = models.CharField(max_length=80)
    raw = models.TextField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    processed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name = "message from PayPal"
        verbose_name_plural = "messages from PayPal"
        constraints = [
            models.CheckConstraint(condition=~Q(event_id=""), name="events_have_an_id"),
            models.CheckConstraint(
                condition=Q(state__in=("received", "failed"), processed_at=None)
                | Q(state__in=("done", "ignored"), processed_at__isnull=False),
                name="finished_events_have_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.event_id
