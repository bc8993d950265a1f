"""The calls that people ask for."""

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.db.models import F, Q
from phonenumber_field.modelfields import PhoneNumberField

from membership.models import User


class CallbackRequestQuerySet(models.QuerySet["CallbackRequest"]):
    def open(self) -> "CallbackRequestQuerySet":
        return self.exclude(state=CallbackRequest.State.CLOSED)

    def to_call(self) -> "CallbackRequestQuerySet":
        """Nobody has spoken to them yet."""
        return self.filter(state__in=CallbackRequest.TO_CALL)

    def overdue(self, at: dt.datetime) -> "CallbackRequestQuerySet":
        return self.to_call().filter(due_at__lt=at)


class CallbackRequest(models.Model):
    """Somebody who would like to be called; `website.callbacks` alone writes the state."""

    class State(models.TextChoices):
        NEW = "new", "New"
        NO_ANSWER = "no_answer", "No answer yet"
        CALLED = "called", "Called"
        CLOSED = "closed", "Closed"

    class Time(models.TextChoices):
        ANY = "any", "Any time in office hours"
        MORNING = "morning", "In the morning, 9 to 12"
        AFTERNOON = "afternoon", "In the afternoon, 12 to 5"
        EVENING = "evening", "In the early evening, 5 to 7"

    class Topic(models.TextChoices):
        MEMBERSHIP = "membership", "Joining, or my membership"
        PAYMENT = "payment", "A payment"
        FINDING = "finding", "Finding a case manager"
        RECORDS = "records", "Keeping client records"
        OTHER = "other", "Something else"

    TO_CALL = (State.NEW, State.NO_ANSWER)
    UNTIL: Mapping[str, dt.time] = {
        Time.ANY: dt.time(17),
        Time.MORNING: dt.time(12),
        Time.AFTERNOON: dt.time(17),
        Time.EVENING: dt.time(19),
    }

    name = models.CharField(max_length=120)
    phone = PhoneNumberField("telephone")
    email = models.EmailField("e-mail address", blank=True)
    best_time = models.CharField(max_length=12, choices=Time, default=Time.ANY)
    topic = models.CharField(max_length=12, choices=Topic)
    message = models.TextField(max_length=2000, blank=True)
    sent_once = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    tries = models.PositiveSmallIntegerField("calls without an answer", default=0)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField("to be called by")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CallbackRequestQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="a_call_is_due_after_it_is_asked_for"
            ),
            models.CheckConstraint(
                condition=Q(state="new", changed_at=None, changed_by=None)
                | (~Q(state="new") & Q(changed_at__isnull=False, changed_by__isnull=False)),
                name="a_call_has_its_caller",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="a_closed_call_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="no_answer") | Q(tries__gte=1), name="no_answer_took_a_try"
            ),
        ]

    def __str__(self) -> str:
        return f"callback {self.pk}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"Call back {self.name}"

    @property
    def history_key(self) -> str:
        """What its log is filed under."""
        return f"callback {self.pk}"

    @property
    def is_to_call(self) -> bool:
        return self.state in self.TO_CALL
