"""Files by which the society brings in the members it had before, and whom each brought.

Of a file only the columns that we read are kept, until it has served: see records/policy.toml.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models.people import Person
from membership.models.standing import FeeDue


class ArrivalFile(models.Model):
    """One file: sent, looked at, confirmed, worked through line by line, perhaps undone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("file", max_length=120)
    sent_at = models.DateTimeField("sent")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rows = models.JSONField(default=list, blank=True)
    """Line and cells of each row; once the file is done, of those alone that stayed out."""
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    """When the worker last brought somebody in: where it stood still for long, it was killed."""
    stopped = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField("brought in", null=True, blank=True)
    brought_in = models.PositiveIntegerField("people brought in", default=0)
    left_out = models.PositiveIntegerField("rows left out", default=0)
    letters_at = models.DateTimeField("letters asked for", null=True, blank=True)
    undone_at = models.DateTimeField("undone", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone = models.PositiveIntegerField("people taken back", default=0)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = "file of members"
        verbose_name_plural = "members brought in from files"
        permissions = [
            ("bring_in_members", "Can bring members in from a file, write to them, and undo it"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, done_at=None, brought_in=0, left_out=0)
                | Q(confirmed_at__isnull=False, confirmed_at__gte=F("sent_at")),
                name="people_come_by_files_that_were_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(letters_at=None) | Q(done_at__isnull=False),
                name="letters_go_once_a_file_is_done",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone=0)
                | Q(undone_at__isnull=False, done_at__isnull=False, undone__lte=F("brought_in")),
                name="files_of_members_are_undone_after_they_are_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.sent_at:%-d %B %Y}"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def unwritten(self) -> "ArrivalQuerySet":
        """People whom nobody has told yet that they are here: no other letter goes to them."""
        return self.filter(written_at=None)


class Arrival(models.Model):
    """That one line of a file brought one person, with the fee that the line told of."""

    file = models.ForeignKey(ArrivalFile, on_delete=models.CASCADE, related_name="arrivals")
    line = models.PositiveIntegerField("line of the file")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="arrival")
    fee = models.OneToOneField(
        FeeDue, on_delete=models.SET_NULL, null=True, blank=True, related_name="arrival"
    )
    came_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ("file", "line")
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="a_line_brings_one_person"),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of file {self.file_id}"
