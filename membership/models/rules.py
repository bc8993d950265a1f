"""The dated versions of the figures that eligibility is judged by."""

from django.db import models
from django.db.models import Q


class EligibilityRules(models.Model):
    """One version of the figures, in force from a day on."""

    version = models.CharField(max_length=20, unique=True)
    effective_from = models.DateField(unique=True)
    board_minute = models.CharField(max_length=200, blank=True)
    months_required = models.PositiveSmallIntegerField(default=24)
    hours_required = models.PositiveIntegerField(default=2500)
    referees_required = models.PositiveSmallIntegerField(default=2)
    dbs_flag_years = models.PositiveSmallIntegerField(default=3)
    low_hours_per_week = models.PositiveSmallIntegerField(default=8)

    class Meta:
        ordering = ("-effective_from",)
        verbose_name_plural = "eligibility rules"
        constraints = [
            models.CheckConstraint(condition=~Q(version=""), name="rules_have_a_version"),
            models.CheckConstraint(
                condition=Q(referees_required=2), name="rules_ask_for_two_referees"
            ),
        ]

    def __str__(self) -> str:
        return self.version
