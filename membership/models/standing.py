"""Fees, and the memberships they pay for.

A membership is current while a fee that covers the day is settled or waived: standing is read
off dates, never stored.
"""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from simple_history.models import HistoricalRecords

from foundation.overlap import NoOverlap
from membership.models.applications import TYPE_CHOICES, Application
from membership.models.people import Person, User


class FeeRateQuerySet(models.QuerySet["FeeRate"]):
    def in_force(self, *, type: str, on: dt.date) -> "FeeRate | None":
        return self.filter(type=type, valid_from__lte=on).order_by("-valid_from").first()

    def pence_by_type(self, on: dt.date) -> dict[str, int]:
        """What each type costs a year on a day, in pence; types without a fee are left out."""
        begun = self.filter(valid_from__lte=on).order_by("valid_from")
        return {rate.type: rate.pence for rate in begun}


class FeeRate(models.Model):
    """What a membership type costs a year, from a day on."""

    type = models.CharField("membership type", max_length=20, choices=TYPE_CHOICES)
    pence = models.PositiveIntegerField(validators=[MinValueValidator(0)])
    valid_from = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords()
    objects = FeeRateQuerySet.as_manager()

    class Meta:
        ordering = ("type", "-valid_from")
        constraints = [
            models.UniqueConstraint(fields=["type", "valid_from"], name="one_fee_a_type_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} from {self.valid_from:%-d %B %Y}"


class FeeDueQuerySet(models.QuerySet["FeeDue"]):
    def outstanding(self) -> "FeeDueQuerySet":
        return self.filter(settled_on=None, waived_at=None, cancelled_at=None)

    def covering(self, on: dt.date) -> "FeeDueQuerySet":
        """Fees whose period, settled or waived, holds this day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, cancelled_at=None)

    def in_force(self, on: dt.date) -> "FeeDueQuerySet":
        """Fees whose term holds this day, or ended on or after the day until which money is known.

        Of one person's terms only the newest lives on like that: an upgrade ends the old type.
        """
        later = FeeDue.objects.filter(
            person=OuterRef("person"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on
        )
        spared = Q(ends_on__gte=Subquery(MoneyKnown.objects.values("until_on")[:1])) & ~Exists(
            later
        )
        return self.filter(Q(ends_on__gte=on) | spared, starts_on__lte=on, cancelled_at=None)


class FeeDue(models.Model):
    """A fee that was fixed for one person, and the period that it covers once it is settled."""

    class Purpose(models.TextChoices):
        JOINING = "joining", "Joining"
        RENEWAL = "renewal", "Renewal"
        UPGRADE = "upgrade", "Change of type"
        BEFORE = "before", "Paid before the portal"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="fees")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="fees"
    )
    purpose = models.CharField(max_length=10, choices=Purpose)
    type = models.CharField("membership type", max_length=20, choices=TYPE_CHOICES)
    pence = models.PositiveIntegerField()
    reckoning = models.CharField(
        max_length=200, blank=True, help_text="How the sum was worked out, where it is a part."
    )
    fixed_at = models.DateTimeField()
    settled_on = models.DateField(null=True, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waiver_reason = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    pay_pressed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the payer first went to pay: from then on the decision is not undone.",
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = FeeDueQuerySet.as_manager()

    class Meta:
        ordering = ("-fixed_at", "-pk")
        verbose_name_plural = "fees due"
        permissions = [("waive_fee", "Can waive a fee, giving a reason")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(settled_on=None, waived_at=None, cancelled_at=None),
                name="one_outstanding_fee_a_person",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(cancelled_at=None),
                name="one_fee_an_application",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="periods_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(settled_on__isnull=False, waived_at=None)
                | Q(settled_on=None, waived_at__isnull=False),
                name="no_period_without_money_or_waiver",
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waiver_reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waiver_reason="")),
                name="waivers_have_a_name_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(settled_on=None, waived_at=None),
                name="only_open_fees_are_cancelled",
            ),
            NoOverlap(
                owner="person",
                first="starts_on",
                last="ends_on",
                name="periods_of_a_person_never_overlap",
            ),
        ]
        indexes = [
            models.Index(fields=["type", "ends_on", "starts_on"], name="fee_period"),
            models.Index(fields=["-fixed_at", "-id"], name="fee_fixed"),
        ]

    def __str__(self) -> str:
        return f"fee {self.pk}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"Fee of {self.person}: {self.get_purpose_display().lower()}"

    @property
    def is_outstanding(self) -> bool:
        return self.settled_on is None and self.waived_at is None and self.cancelled_at is None

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day that it pays for; nothing before it is settled or waived."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return self.starts_on, self.ends_on

    def covers(self, on: dt.date) -> bool:
        return self.period is not None and self.period[0] <= on <= self.period[1]


class MoneyKnown(models.Model):
    """One row, or none: the day up to which the society's bank statements have been read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    until_on = models.DateField("bank statements are known until")

    class Meta:
        verbose_name_plural = "money known"
        permissions = [("tell_money_known", "Can tell until when bank statements are known")]
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_day_until_which_money_is_known"),
        ]

    def __str__(self) -> str:
        return f"known until {self.until_on}"


class Membership(models.Model):
    """That a person was admitted: their number for life, and what stands against it."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="membership")
    number = models.PositiveIntegerField(unique=True)
    joined_on = models.DateField()
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suspension_reason = models.TextField(blank=True)
    resigned_on = models.DateField(null=True, blank=True)
    lapse_written_for = models.DateField(null=True, blank=True)
    qualified_told_on = models.DateField(
        null=True, blank=True, help_text="When an Associate was told that an upgrade is open."
    )

    class Meta:
        ordering = ("number",)
        permissions = [
            ("suspend_membership", "Can suspend a membership and end a suspension"),
            ("export_register", "Can download the register of members"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_by=None, suspension_reason="")
                | (
                    Q(suspended_at__isnull=False, suspended_by__isnull=False)
                    & ~Q(suspension_reason="")
                ),
                name="suspensions_have_a_name_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.number}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"Membership {self.written_number} of {self.person}"

    @property
    def written_number(self) -> str:
        return written_number(self.number)


def written_number(number: int) -> str:
    """A member's number as it is printed, for example “CM-0042”."""
    return f"CM-{number:04d}"
