"""Working through every client record under a version of the rules, lot by lot of its keys."""

from django.db import models
from django.db.models import F, Q

from records.models.rules import RetentionRules


class RedatingQuerySet(models.QuerySet["Redating"]):
    def under_way(self) -> "RedatingQuerySet":
        return self.filter(finished_at=None)


class Redating(models.Model):
    """Every record once: dated anew by adopted rules, or only counted to try a draft out."""

    rules = models.ForeignKey(RetentionRules, on_delete=models.CASCADE, related_name="redatings")
    is_trial = models.BooleanField()
    judged_on = models.DateField("for the day")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RedatingQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["rules"],
                condition=Q(is_trial=False),
                name="records_are_dated_anew_once_a_version",
            ),
            models.UniqueConstraint(
                fields=["rules"],
                condition=Q(is_trial=True, finished_at=None),
                name="one_trial_of_a_version_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="redating_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{'trial' if self.is_trial else 'dates'} by {self.rules_id}"


class RedatingLot(models.Model):
    """A range of keys: done as a whole in one transaction, or not at all.

    `tally` counts what became of its records, by category and by the way their dates moved.
    """

    redating = models.ForeignKey(Redating, on_delete=models.CASCADE, related_name="lots")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    tally = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_id__gte=F("first_id")), name="redating_lot_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(
                fields=["redating", "first_id"],
                name="redating_lot_to_do",
                condition=Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"lot {self.pk}"
