"""What a person has looked at and put right: who, when, and what was done."""

from django.db import models
from django.db.models import Q

from membership.models import User


class DealtWith(models.Model):
    """Columns for rows that need a person; all three are empty, or none."""

    dealt_at = models.DateTimeField(null=True, blank=True)
    dealt_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dealt_note = models.TextField("what was done", blank=True)

    class Meta:
        abstract = True


def dealt_with_whole(name: str) -> models.CheckConstraint:
    """Whoever deals with something signs it and says what was done."""
    return models.CheckConstraint(
        condition=Q(dealt_at=None, dealt_by=None, dealt_note="")
        | (Q(dealt_at__isnull=False, dealt_by__isnull=False) & ~Q(dealt_note="")),
        name=name,
    )
