"""A register whose owner has died, handed out to whoever looks after their affairs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.models.registers import Register


class ReleaseQuerySet(models.QuerySet["Release"]):
    def under_way(self) -> "ReleaseQuerySet":
        return self.filter(ended_at=None)


class Release(models.Model):
    """Asked for by one officer, agreed to by another, taken as a file, and then closed.

    Of the link only a digest is kept: who reads the table cannot take the file.
    """

    class Ending(models.TextChoices):
        CLOSED = "closed", "Closed after it was handed out"
        WITHDRAWN = "withdrawn", "Taken back"

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="releases")
    to_name = models.CharField("who takes it", max_length=120, blank=True)
    to_email = models.EmailField("their address", blank=True)
    reason = models.CharField("why them", max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token_digest = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField("last day of the link", null=True, blank=True)
    taken_at = models.DateTimeField("first taken as a file", null=True, blank=True)
    taken_digest = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        permissions = [
            ("release_register", "Can hand out a register whose owner has died, with a colleague")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register"], condition=Q(ended_at=None), name="one_release_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(ended_at__isnull=False, ending__in=["closed", "withdrawn"]),
                name="release_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~(Q(to_name="") | Q(to_email="")),
                name="who_takes_a_register_can_be_written_to",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~Q(reason=""),
                name="register_is_released_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | Q(asked_by=None) | ~Q(agreed_by=F("asked_by")),
                name="two_officers_release_a_register",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None, token_digest="", expires_on=None)
                | (Q(agreed_at__isnull=False, expires_on__isnull=False) & ~Q(token_digest="")),
                name="release_has_a_link_once_it_is_agreed",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_digest="")
                | (Q(taken_at__isnull=False, agreed_at__isnull=False) & ~Q(taken_digest="")),
                name="register_is_taken_once_it_is_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(ending="closed") | Q(taken_at__isnull=False),
                name="nothing_is_closed_that_nobody_took",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"
