"""Areas of expertise, and which of them the office has assigned to whom."""

import datetime as dt

from django.db import models
from django.db.models import Q

from membership.models.evidence import Registration, registered_on
from membership.models.people import Person, User

VOCATIONAL = "vocational"


class ExpertiseArea(models.Model):
    """An area of the controlled vocabulary. Only Vocational is not clinical, and stays alone."""

    class ClientGroup(models.TextChoices):
        ALL = "all", "Everybody"
        ADULTS = "adults", "Adults"
        CHILDREN = "children", "Children and young people"
        OLDER = "older", "Older adults"
        WORKING = "working", "People of working age"

    code = models.SlugField(max_length=40, primary_key=True)
    label = models.CharField(max_length=120, unique=True)
    is_clinical = models.BooleanField("clinical", default=True)
    client_group = models.CharField(max_length=10, choices=ClientGroup, default=ClientGroup.ALL)
    usual_professions = models.CharField(max_length=160, blank=True)
    is_offered = models.BooleanField("offered to applicants", default=True)

    class Meta:
        ordering = ("is_clinical", "label")
        verbose_name = "area of expertise"
        verbose_name_plural = "areas of expertise"
        constraints = [
            models.CheckConstraint(
                condition=Q(code=VOCATIONAL, is_clinical=False)
                | (~Q(code=VOCATIONAL) & Q(is_clinical=True)),
                name="vocational_alone_is_not_clinical",
            ),
        ]

    def __str__(self) -> str:
        return self.label


def counts(on: dt.date) -> Q:
    """A clinical area counts only while its registration is verified and current."""
    return Q(area_id=VOCATIONAL) | registered_on(on, "registration__")


class AssignmentQuerySet(models.QuerySet["ExpertiseAssignment"]):
    def current(self, on: dt.date) -> "AssignmentQuerySet":
        """Not withdrawn; a clinical area only while its registration is verified and current."""
        return self.held().filter(counts(on))

    def held(self) -> "AssignmentQuerySet":
        """Not withdrawn, whatever became of the registration: more than `current`, never fewer."""
        return self.filter(withdrawn_at=None)


class ExpertiseAssignment(models.Model):
    """An area of expertise that the office has assigned to a member."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    area = models.ForeignKey(ExpertiseArea, on_delete=models.PROTECT, related_name="assignments")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "person"], name="expertise_held", condition=Q(withdrawn_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "area"],
                condition=Q(withdrawn_at=None),
                name="expertise_assigned_once",
            ),
            models.CheckConstraint(
                condition=Q(area=VOCATIONAL) | Q(registration__isnull=False),
                name="clinical_expertise_names_its_registration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} of person {self.person_id}"
