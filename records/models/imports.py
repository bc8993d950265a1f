"""Files of client records: what waits to be confirmed, and what an import did, to undo it.

Of a file that waits, only the columns that the register keeps are stored, and of a row that was
refused only its line and the reason: whatever else stood there is not kept.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.models.client_records import ClientRecord
from records.models.registers import Register


class RecordImport(models.Model):
    """One file: sent, shown, confirmed, perhaps undone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="imports")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    rows = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True, blank=True)
    stopped = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    twins = models.PositiveIntegerField(default=0)
    turned_away = models.PositiveIntegerField("refused rows", default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone = models.PositiveIntegerField("rows undone", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at=None, added=0, changed=0)
                | Q(taken_at__isnull=False, taken_at__gte=F("sent_at")),
                name="import_counts_what_was_taken",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone=0)
                | Q(undone_at__isnull=False, taken_at__isnull=False),
                name="import_is_undone_after_it_was_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportedRow(models.Model):
    """What an import did to one record: added it, or changed it from what it `was`."""

    batch = models.ForeignKey(RecordImport, on_delete=models.CASCADE, related_name="done")
    record = models.ForeignKey(ClientRecord, on_delete=models.CASCADE, related_name="+")
    line = models.PositiveIntegerField("line of the file")
    was = models.JSONField(null=True)
    events = models.PositiveIntegerField("lines of the record's history by then")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "record"], name="a_record_once_in_an_import"),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of import {self.batch_id}"
