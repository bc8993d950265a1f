"""That two accounts were found to be one person's: what moved, so that it can be undone."""

from django.db import models
from django.db.models import Q

from membership.models import Person, User


class MergerQuerySet(models.QuerySet["Merger"]):
    def standing(self) -> "MergerQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Merger(models.Model):
    """`gone` was merged into `kept`. `moved` lists rows by model: what undoing gives back."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    address_before = models.EmailField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_reason = models.TextField(blank=True)

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering = ("-merged_at", "-pk")
        default_permissions = ()
        permissions = [("merge_people", "Can merge two accounts of one person, and undo it")]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merged_into_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("gone")), name="two_accounts_are_merged"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="mergers_have_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undo_reason="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason=""),
                name="undone_mergers_have_a_name_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"merger {self.pk}"
