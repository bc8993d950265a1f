"""What people write to the office on the contact page."""

from django.db import models
from django.db.models import F, Q

from membership.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    def open(self) -> "MessageQuerySet":
        return self.filter(closed_at=None)


class Message(models.Model):
    """Somebody who waits for an answer; `website.inbox` alone writes what comes of it."""

    class State(models.TextChoices):
        NEW = "new", "To be answered"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed without a letter"

    class Topic(models.TextChoices):
        MEMBERSHIP = "membership", "Joining, or my membership"
        PAYMENT = "payment", "A payment"
        FINDING = "finding", "Finding a case manager"
        RECORDS = "records", "Keeping client records"
        EVENTS = "events", "Events, committees or the magazine"
        SITE = "site", "This site"
        OTHER = "other", "Something else"

    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    topic = models.CharField(max_length=12, choices=Topic)
    words = models.TextField("message", max_length=4000)
    sent_once = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    sent_at = models.DateTimeField()
    due_on = models.DateField("to be answered by")
    answer = models.TextField(max_length=4000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        permissions = [("answer_message", "Can answer and close messages")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", closed_at=None, closed_by=None)
                | (~Q(state="new") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="a_message_is_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered") & ~Q(answer=""))
                | (~Q(state="answered") & Q(answer="")),
                name="an_answered_message_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") & ~Q(words=""),
                name="a_message_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("sent_at__date")), name="a_message_is_due_later"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"Message from {self.name}"

    @property
    def history_key(self) -> str:
        """What its log is filed under."""
        return f"message {self.pk}"
