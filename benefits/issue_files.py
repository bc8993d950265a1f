"""The PDF of an issue: checked and scanned like every upload, kept in the place of the last."""

import datetime as dt

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from benefits.models import Issue, IssueFile
from foundation import uploads
from foundation.uploads import Checked, Kind, Refused


def checked(upload: UploadedFile) -> Checked:
    """What may be kept. Raises uploads.Refused. Not in a transaction: it asks a scanner."""
    found = uploads.examined(upload, max_bytes=settings.ISSUE_MAX_BYTES)
    if found.kind is not Kind.PDF:
        raise Refused("It is a picture. Send the issue as a PDF.")
    return found


@transaction.atomic
def keep(issue: Issue, found: Checked, *, at: dt.datetime) -> IssueFile:
    facts = {
        "name": found.name,
        "content": found.content,
        "bytes": len(found.content),
        "added_at": at,
    }
    file, _made = IssueFile.objects.update_or_create(issue=issue, defaults=facts)
    return file


def remove(issue: Issue) -> None:
    IssueFile.objects.filter(issue=issue).delete()
