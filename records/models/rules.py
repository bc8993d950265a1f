"""The dated versions of the figures that client records are kept by, and drafts of the next one."""

from dataclasses import fields

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.dated_versions import DatedVersion, DatedVersionQuerySet, constraints_of
from records.retention_facts import ADULT
from records.retention_rules import PUBLISHED, READINGS, Figures

MOST_YEARS = 100
FIGURES = tuple(field.name for field in fields(Figures))


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


class RetentionRules(DatedVersion):
    """One version of the figures of the retention rules.

    Which rules there are and when each applies is code; the figures in them are data.
    """

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
    objects = DatedVersionQuerySet["RetentionRules"].as_manager()

    class Meta(DatedVersion.Meta):
        verbose_name_plural = "retention rules"
        permissions = [
            ("adopt_retention_rules", "Can put retention rules into force by a board minute")
        ]
        constraints = [
            *constraints_of("retention_rules"),
            models.CheckConstraint(
                condition=Q(reading__in=["nhs_2021", "faq_only"]),
                name="retention_rules_have_a_known_reading",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__range": (1, MOST_YEARS) for name in FIGURES})
                & Q(child_age__gte=ADULT, child_of_17_age__gte=ADULT, knowledge_age__gte=ADULT),
                name="retention_rules_count_in_years",
            ),
        ]

    @property
    def figures(self) -> Figures:
        return Figures(**{name: getattr(self, name) for name in FIGURES})
