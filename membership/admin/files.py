"""How the office opens an evidence file: by a link that is theirs alone and soon worthless.

What they get is a copy with their name and the day across it; the kept file has neither.
"""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from foundation import links, uploads
from foundation.dates import in_words
from membership import evidence_files
from membership.admin.pages import SEE, back_to, require
from membership.models import EvidenceFile

SEE_FILES = "membership.see_evidence"
PURPOSE = "evidence-file"
LASTS = dt.timedelta(minutes=5)


def open_file(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """From the review page to a link that works for this officer and for five minutes."""
    require(request, SEE)
    officer = require(request, SEE_FILES)
    found = EvidenceFile.objects.for_the_office()
    file = get_object_or_404(found, pk=file_id, application_id=pk)
    token = links.sign({"file": file.pk, "officer": officer.pk}, purpose=PURPOSE)
    return redirect("admin:application_file_content", token)


def content(request: HttpRequest, token: str) -> HttpResponse:
    """The file itself; that it was looked at is noted in the person's history."""
    officer = require(request, SEE_FILES)
    try:
        signed = links.read(token, purpose=PURPOSE, lasts=LASTS)
    except links.LinkError:
        messages.error(request, "This link has expired. Open the file from its application again.")
        return redirect(reverse("admin:membership_application_changelist"))
    if signed["officer"] != officer.pk:
        raise PermissionDenied
    found = EvidenceFile.objects.for_the_office().select_related("person", "application")
    file = get_object_or_404(found, pk=signed["file"])
    try:
        body = evidence_files.look_at(file, by=officer, at=timezone.now())
    except evidence_files.NotReadable as error:
        messages.error(request, str(error))
        return back_to(file.application)
    words = f"Viewed by {officer}, {in_words(timezone.localdate())}"
    kind = uploads.Kind(file.kind)
    return uploads.answer(uploads.stamped(body, kind, words), kind=kind, name=file.name)
