"""Complaints, and what came of them."""

from django.db import models
from django.db.models import F, Q

from membership.models import User


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> "ComplaintQuerySet":
        return self.filter(closed_at=None)


class Complaint(models.Model):
    """Somebody who is not satisfied; `website.complaints` alone writes what comes of it.

    Since 19 June 2026 a controller acknowledges a complaint about personal data within 30 days,
    looks into it without undue delay and tells the outcome (Data (Use and Access) Act 2025).
    """

    class About(models.TextChoices):
        DATA = "data", "How my personal data was used"
        ACCESS = "access", "I asked for my data, or to put it right"
        DECISION = "decision", "A decision on an application"
        CASE_MANAGER = "case_manager", "A case manager"
        SITE = "site", "This site, or the office"
        OTHER = "other", "Something else"

    reference = models.CharField(max_length=16, unique=True)
    about = models.CharField(max_length=12, choices=About)
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    for_whom = models.CharField("on behalf of", max_length=120, blank=True)
    what = models.TextField("what happened", max_length=4000)
    wish = models.TextField("what would put it right", max_length=2000, blank=True)
    sent_once = models.CharField(max_length=64, unique=True, editable=False)
    received_at = models.DateTimeField()
    due_on = models.DateField("to be answered by")
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        permissions = [("answer_complaint", "Can note progress and answer complaints")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="a_closed_complaint_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") & ~Q(what=""),
                name="a_complaint_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_at__date")), name="a_complaint_is_due_later"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def history_key(self) -> str:
        """What the log of the complaint is filed under."""
        return f"complaint {self.reference}"
