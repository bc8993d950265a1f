"""The dated versions of the figures that eligibility is judged by, and drafts of the next one."""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from membership.models.people import User

AT_LEAST_ONE = [MinValueValidator(1)]


class EligibilityRulesQuerySet(models.QuerySet["EligibilityRules"]):
    def adopted(self) -> "EligibilityRulesQuerySet":
        """What the board has resolved: never changed again."""
        return self.filter(adopted_at__isnull=False)

    def begun_by(self, on: dt.date) -> "EligibilityRulesQuerySet":
        """The versions adopted whose day has come: the first of them is in force."""
        return self.adopted().filter(effective_from__lte=on).order_by("-effective_from")

    def in_force(self, on: dt.date) -> "EligibilityRules | None":
        return self.begun_by(on).first()


class EligibilityRules(models.Model):
    """One version of the figures: a draft until the board adopts it, then in force from a day on.

    Which criteria there are is code; the figures in them are data.
    """

    version = models.CharField(max_length=20, unique=True)
    months_required = models.PositiveSmallIntegerField(
        "months of case management", default=24, validators=AT_LEAST_ONE
    )
    hours_required = models.PositiveIntegerField(
        "or hours of case management", default=2500, validators=AT_LEAST_ONE
    )
    referees_required = models.PositiveSmallIntegerField("referees", default=2, editable=False)
    dbs_flag_years = models.PositiveSmallIntegerField(
        "years after which a DBS check is looked at",
        default=3,
        validators=AT_LEAST_ONE,
        help_text="An older check holds nothing up: an assessor looks at it.",
    )
    low_hours_per_week = models.PositiveSmallIntegerField(
        "hours a week below which the assessor is told",
        default=8,
        help_text="The months count all the same.",
    )
    effective_from = models.DateField(null=True, blank=True)
    board_minute = models.CharField(max_length=200, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EligibilityRulesQuerySet.as_manager()

    class Meta:
        ordering = ("-effective_from", "-pk")
        verbose_name_plural = "eligibility rules"
        permissions = [("adopt_rules", "Can put eligibility rules into force by a board minute")]
        constraints = [
            models.CheckConstraint(condition=~Q(version=""), name="rules_have_a_version"),
            models.CheckConstraint(
                condition=Q(referees_required=2), name="rules_ask_for_two_referees"
            ),
            models.CheckConstraint(
                condition=Q(months_required__gte=1, hours_required__gte=1),
                name="rules_ask_for_some_experience",
            ),
            models.UniqueConstraint(
                fields=["effective_from"],
                condition=Q(adopted_at__isnull=False),
                name="one_version_of_the_rules_a_day",
            ),
            models.CheckConstraint(
                condition=Q(adopted_at=None, adopted_by=None, board_minute="")
                | (Q(adopted_at__isnull=False, effective_from__isnull=False) & ~Q(board_minute="")),
                name="adopted_rules_have_a_day_and_a_minute",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None
