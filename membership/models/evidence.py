"""What people show of themselves: qualifications, registrations, jobs.

They belong to the person, not to an application: an upgrade starts from what is known. What an
application was judged by is kept on the application as it was on that day.
"""

from django.db import models
from django.db.models import F, Q

from membership.models.likeness import Packed
from membership.models.people import Person, User
from membership.registers import BODIES, BodyKind

ASSOCIATIONS = frozenset(code for code, body in BODIES.items() if body.kind is BodyKind.ASSOCIATION)


class Qualification(models.Model):
    """A qualification that a person states."""

    class Level(models.TextChoices):
        DIPLOMA_4 = "diploma_4", "Diploma at level 4"
        DIPLOMA_5 = "diploma_5", "Diploma at level 5 or 6, HND"
        FOUNDATION_DEGREE = "foundation_degree", "Foundation degree"
        DEGREE = "degree", "Degree"
        POSTGRADUATE = "postgraduate", "Master's degree or postgraduate diploma"
        DOCTORATE = "doctorate", "Doctorate"
        CERTIFICATE_4 = "certificate_4", "Certificate at level 4, HNC"
        DIPLOMA_3 = "diploma_3", "Diploma at level 3"
        LEVEL_3_OTHER = "level_3_other", "Another award at level 3 or below"
        OVERSEAS_EQUIVALENT = "overseas_equivalent", "An award from outside the UK"
        PRE_DIPLOMA = (
            "pre_diploma_registration",
            "Professional training from before there were diplomas",
        )

    class Relation(models.TextChoices):
        CLINICAL = "clinical", "Clinical: it led to a health or social care profession"
        VOCATIONAL = "vocational", "Vocational: work, rehabilitation, human services"
        NONE = "no", "Another field"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualifications")
    title = models.CharField("name of the qualification", max_length=160)
    awarding_body = models.CharField("awarded by", max_length=160)
    level = models.CharField(max_length=30, choices=Level)
    relation = models.CharField("kind", max_length=12, choices=Relation)
    year = models.PositiveSmallIntegerField("year of the award")

    class Meta:
        ordering = ("-year", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1940, year__lte=2100), name="qualification_year_is_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def current(self, on: "models.expressions.Combinable | object") -> "RegistrationQuerySet":
        """Verified by the office as registered, and not past its date."""
        return self.filter(registered_on(on))


def registered_on(on: "models.expressions.Combinable | object", prefix: str = "") -> Q:
    """The condition of `current`, also for rows that reach a registration through `prefix`."""
    lasts = Q(**{f"{prefix}expires_on": None}) | Q(**{f"{prefix}expires_on__gte": on})
    is_checked = Q(**{f"{prefix}checked_on__isnull": False})
    return lasts & is_checked & Q(**{f"{prefix}status": Registration.Status.REGISTERED})


class Registration(models.Model):
    """A registration with a regulator or voluntary register, or belonging to an association."""

    class Status(models.TextChoices):
        UNCHECKED = "unchecked", "Not checked yet"
        REGISTERED = "registered", "Registered"
        CONDITIONS = "conditions", "Registered with conditions"
        LAPSED = "lapsed", "Lapsed"
        SUSPENDED = "suspended", "Suspended"
        REMOVED = "removed", "Removed from the register"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="registrations")
    body = models.CharField(max_length=10)
    profession = models.CharField(max_length=40, blank=True)
    number = models.CharField("registration number", max_length=20, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNCHECKED)
    expires_on = models.DateField("current until", null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown_name = models.CharField("name in the register", max_length=160, blank=True)
    name_reason = models.CharField("why it is the same person", max_length=300, blank=True)
    told_until = models.DateField("current until, as the member says", null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index("body", Packed("number"), name="registration_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "number"], name="registration_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(status="unchecked", checked_on=None, checked_by=None)
                | (~Q(status="unchecked") & Q(checked_on__isnull=False, checked_by__isnull=False)),
                name="registration_status_has_its_checker",
            ),
            models.CheckConstraint(
                condition=Q(told_until=None, told_at=None)
                | Q(told_until__isnull=False, told_at__isnull=False),
                name="what_a_member_tells_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}".strip()

    @property
    def is_association(self) -> bool:
        """Noted, and never taken for a registration (CMSUK FAQ: registered body)."""
        return self.body in ASSOCIATIONS


class Employment(models.Model):
    """A job that a person states, whether or not it was case management."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    employer = models.CharField(max_length=160)
    role = models.CharField("job title", max_length=160)
    is_case_management = models.BooleanField("was it case management?", default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    total_hours = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-started_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="employment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week=None) | Q(hours_per_week__gte=0, hours_per_week__lte=80),
                name="employment_hours_fit_a_week",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.employer}"
