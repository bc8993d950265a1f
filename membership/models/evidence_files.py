"""Files that an applicant sends to support two sections; never for the DBS section.

A DBS certificate, even a clear one, is criminal-offence data (UK GDPR Article 10): the portal
keeps the date of the check and nothing else, and the database refuses any other section.
"""

from django.db import models
from django.db.models import Q

from foundation.uploads import Kind
from membership.models.applications import Application
from membership.models.people import Person, User


class EvidenceFileQuerySet(models.QuerySet["EvidenceFile"]):
    def waiting(self) -> "EvidenceFileQuerySet":
        """Kept, but not yet looked at by the virus scanner."""
        return self.filter(state=EvidenceFile.State.QUARANTINED)

    def for_the_office(self) -> "EvidenceFileQuerySet":
        """Clean files of applications that were sent: a draft is the applicant's own."""
        return self.filter(state=EvidenceFile.State.CLEAN, application__submitted_at__isnull=False)


class EvidenceFile(models.Model):
    """One file. The bytes are in the private store under a random name; the row says whose."""

    class Section(models.TextChoices):
        QUALIFICATIONS = "qualifications", "Qualifications"
        INDEMNITY = "indemnity", "Professional indemnity insurance"

    class State(models.TextChoices):
        QUARANTINED = "quarantined", "Being checked"
        CLEAN = "clean", "Received"
        REFUSED = "refused", "Refused by the virus scanner"

    KINDS = [(kind.value, kind.name) for kind in Kind]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="evidence_files")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="evidence_files"
    )
    section = models.CharField(max_length=20, choices=Section)
    name = models.CharField("name that it came with", max_length=100)
    kind = models.CharField("media type", max_length=20, choices=KINDS)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=State)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ("section", "pk")
        default_permissions = ()
        permissions = [("see_evidence", "Can open the files that applicants send")]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=["qualifications", "indemnity"]),
                name="no_evidence_file_for_dbs",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", stored_as="")
                | Q(state__in=["quarantined", "clean"]) & ~Q(stored_as=""),
                name="refused_files_are_not_kept",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["application/pdf", "image/jpeg", "image/png"]),
                name="evidence_file_shows_pages_or_a_picture",
            ),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="evidence_file_is_not_empty"),
            models.UniqueConstraint(
                fields=["application", "section", "sha256"], name="evidence_file_once_a_section"
            ),
            models.UniqueConstraint(
                fields=["stored_as"],
                condition=~Q(stored_as=""),
                name="evidence_file_stored_under_its_own_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_opened(self) -> bool:
        return self.state == self.State.CLEAN

    @property
    def is_image(self) -> bool:
        return Kind(self.kind).is_image
