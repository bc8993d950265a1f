"""The dated versions of the figures that client records are kept by, and drafts of the next one."""

import datetime as dt
from dataclasses import fields

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from membership.models import User
from records.retention_facts import ADULT
from records.retention_rules import PUBLISHED, READINGS, Figures

MOST_YEARS = 100
FIGURES = tuple(field.name for field in fields(Figures))


class RetentionRulesQuerySet(models.QuerySet["RetentionRules"]):
    def adopted(self) -> "RetentionRulesQuerySet":
        """What the board has resolved: never changed again."""
        return self.filter(adopted_at__isnull=False)

    def begun_by(self, on: dt.date) -> "RetentionRulesQuerySet":
        """The versions adopted whose day has come: the first of them is in force."""
        return self.adopted().filter(effective_from__lte=on).order_by("-effective_from")

    def in_force(self, on: dt.date) -> "RetentionRules | None":
        return self.begun_by(on).first()


def _years(figure: str, words: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        words,
        default=getattr(PUBLISHED, figure),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)],
    )


def _age(figure: str, words: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        words,
        default=getattr(PUBLISHED, figure),
        validators=[MinValueValidator(ADULT), MaxValueValidator(MOST_YEARS)],
    )


class RetentionRules(models.Model):
    """One version of the figures: a draft until the board adopts it, then in force from a day on.

    Which rules there are and when each applies is code; the figures in them are data.
    """

    version = models.CharField(max_length=20, unique=True)
    reading = models.CharField(
        max_length=20,
        choices=[(rules.code, rules.name) for rules in READINGS.values()],
        default="nhs_2021",
        help_text="Which rules are used together.",
    )
    adult_years = _years("adult_years", "R-A1: years for an adult")
    child_age = _age("child_age", "R-C1: birthday for a child")
    child_of_17_age = _age("child_of_17_age", "R-C2: birthday for a child of 17")
    mental_health_years = _years("mental_health_years", "R-M1: years for mental health")
    mental_health_death_years = _years(
        "mental_health_death_years", "R-M2: years after death, mental health, by the FAQ"
    )
    mental_health_death_code_years = _years(
        "mental_health_death_code_years", "R-M3: years after death, mental health, by the NHS Code"
    )
    death_years = _years("death_years", "R-D1: years after death")
    knowledge_years = _years("knowledge_years", "R-L1: years after an adult's injury became known")
    knowledge_age = _age("knowledge_age", "R-L2: birthday where a child's injury became known")
    effective_from = models.DateField(null=True, blank=True)
    board_minute = models.CharField(max_length=200, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RetentionRulesQuerySet.as_manager()

    class Meta:
        ordering = ("-effective_from", "-pk")
        verbose_name_plural = "retention rules"
        permissions = [
            ("adopt_retention_rules", "Can put retention rules into force by a board minute")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(version=""), name="retention_rules_have_a_version"),
            models.CheckConstraint(
                condition=Q(reading__in=["nhs_2021", "faq_only"]),
                name="retention_rules_have_a_known_reading",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__range": (1, MOST_YEARS) for name in FIGURES})
                & Q(child_age__gte=ADULT, child_of_17_age__gte=ADULT, knowledge_age__gte=ADULT),
                name="retention_rules_count_in_years",
            ),
            models.UniqueConstraint(
                fields=["effective_from"],
                condition=Q(adopted_at__isnull=False),
                name="one_version_of_the_retention_rules_a_day",
            ),
            models.CheckConstraint(
                condition=Q(adopted_at=None, adopted_by=None, board_minute="")
                | (Q(adopted_at__isnull=False, effective_from__isnull=False) & ~Q(board_minute="")),
                name="adopted_retention_rules_have_a_day_and_a_minute",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None

    @property
    def figures(self) -> Figures:
        return Figures(**{name: getattr(self, name) for name in FIGURES})
