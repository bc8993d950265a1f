"""The calls that people ask for."""

from django.db import models
from django.db.models import Q
from phonenumber_field.modelfields import PhoneNumberField

from membership.models import User


class CallbackRequestQuerySet(models.QuerySet["CallbackRequest"]):
    def open(self) -> "CallbackRequestQuerySet":
        return self.exclude(state=CallbackRequest.State.CLOSED)


class CallbackRequest(models.Model):
    """Somebody who would like to be called; `website.callbacks` alone writes the state."""

    class State(models.TextChoices):
        NEW = "new", "New"
        NO_ANSWER = "no_answer", "No answer yet"
        CALLED = "called", "Called"
        CLOSED = "closed", "Closed"

    class Time(models.TextChoices):
        ANY = "any", "Any time in office hours"
        MORNING = "morning", "In the morning"
        AFTERNOON = "afternoon", "In the afternoon"
        EVENING = "evening", "In the early evening"

    class Topic(models.TextChoices):
        MEMBERSHIP = "membership", "Joining, or my membership"
        PAYMENT = "payment", "A payment"
        FINDING = "finding", "Finding a case manager"
        RECORDS = "records", "Keeping client records"
        OTHER = "other", "Something else"

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
