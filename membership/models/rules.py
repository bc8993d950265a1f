"""The dated versions of the figures that eligibility is judged by, and drafts of the next one."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.dated_versions import DatedVersion, DatedVersionQuerySet, constraints_of

AT_LEAST_ONE = [MinValueValidator(1)]


class EligibilityRules(DatedVersion):
    """One version of the figures of eligibility.

    Which criteria there are is code; the figures in them are data.
    """

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
    objects = DatedVersionQuerySet["EligibilityRules"].as_manager()

    class Meta(DatedVersion.Meta):
        verbose_name_plural = "eligibility rules"
        permissions = [("adopt_rules", "Can put eligibility rules into force by a board minute")]
        constraints = [
            *constraints_of("rules"),
            models.CheckConstraint(
                condition=Q(referees_required=2), name="rules_ask_for_two_referees"
            ),
            models.CheckConstraint(
                condition=Q(months_required__gte=1, hours_required__gte=1),
                name="rules_ask_for_some_experience",
            ),
        ]
