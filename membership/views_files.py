"""Evidence files of one's own application: add, replace, remove; all of it optional."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.uploads import Refused
from membership import drafts, evidence_files, steps
from membership.accounts import login_of
from membership.evidence_files import NotKept
from membership.forms_files import AddFilesForm, ReplaceFileForm
from membership.models import Application
from membership.views_apply import CHECK, editable_page


@editable_page
def files(request: HttpRequest, application: Application, key: str) -> HttpResponse:
    """What was sent for a section, and a box to send more. Sound files are kept, others named."""
    step = _step(key, application)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddFilesForm(*posted)
    if form.is_valid():
        sent = evidence_files.add_each(
            form.cleaned_data["chosen"],
            application_id=application.pk,
            section=key,
            by=login_of(request),
            at=timezone.now(),
        )
        if sent.kept:
            messages.success(request, sent.words)
        if not sent.problems:
            return redirect(_here(request, key))
        for words in sent.problems:
            form.add_error("chosen", words)
    return _page(request, "files", step, form=form, files=_own(application, key))


@editable_page
def replace(request: HttpRequest, application: Application, key: str, pk: int) -> HttpResponse:
    """Another file in the place of one; the old one stays unless the new one is kept."""
    step = _step(key, application)
    file = get_object_or_404(_own(application, key), pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReplaceFileForm(*posted)
    if form.is_valid():
        try:
            kept = evidence_files.replace(
                form.cleaned_data["file"], file=file, by=login_of(request), at=timezone.now()
            )
        except (Refused, NotKept) as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"“{file.name}” was replaced by “{kept.name}”.")
            return redirect(_here(request, key))
    return _page(request, "replace_file", step, form=form, file=file)


@editable_page
def remove(request: HttpRequest, application: Application, key: str, pk: int) -> HttpResponse:
    """Ask once, then take the file away."""
    step = _step(key, application)
    file = get_object_or_404(_own(application, key), pk=pk)
    if request.method == "POST":
        evidence_files.remove(file=file, by=login_of(request), at=timezone.now())
        messages.success(request, f"“{file.name}” was removed.")
        return redirect(_here(request, key))
    return _page(request, "remove_file", step, file=file)


def _step(key: str, application: Application) -> steps.Step:
    step = steps.find(key, application)
    if step is None or not step.takes_files:
        raise Http404
    drafts.refuse_unless_open(application, key)
    return step


def _own(application: Application, key: str) -> Any:
    """Of this application alone: anybody else's file is not found."""
    return application.evidence_files.filter(section=key)


def _page(request: HttpRequest, name: str, step: steps.Step, **context: Any) -> HttpResponse:
    query = "?next=check" if request.GET.get("next") == "check" else ""
    shown = {
        "step": step,
        "query": query,
        "onward": CHECK if query else step.path,
        "here": _here(request, step.key),
        "max_bytes": settings.EVIDENCE_MAX_BYTES,
        "max_files": settings.EVIDENCE_MAX_FILES,
        **context,
    }
    return render(request, f"membership/{name}.html", shown)


def _here(request: HttpRequest, key: str) -> str:
    query = "?next=check" if request.GET.get("next") == "check" else ""
    return f"/apply/{key}/files/{query}"
