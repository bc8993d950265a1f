"""The office reads one person's timeline, and takes a sealed copy of history with it."""

import datetime as dt
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation import history, history_file, letters, seals
from foundation.models import Letter
from membership import one_person
from membership.admin.pages import require
from membership.models import Person
from website import timeline
from website.office_page import office_page
from website.timeline import Kind

SEE = "membership.view_person"
CHANGE = "membership.change_person"
EXPORT = "foundation.export_history"
# Who may not see an application or the ledger reads nothing of it here either.
MAY_READ = {
    Kind.STATES: "membership.view_application",
    Kind.VIEWS: "membership.view_application",
    Kind.LETTERS: "membership.view_application",
    Kind.MONEY: "payments.view_entry",
}


@require_safe
def timeline_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened to a person, narrowed to a kind by ?show=."""
    user = require(request, SEE)
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)
    readable = [kind for kind in Kind if user.has_perm(MAY_READ[kind])]
    chosen = next((kind for kind in readable if kind == request.GET.get("show")), None)
    lines = timeline.of(person, readable)
    return office_page(
        request,
        "timeline",
        title=f"Timeline of {person}",
        person=person,
        readable=readable,
        chosen=chosen,
        lines=[line for line in lines if chosen in (None, line.kind)],
        may_export=user.has_perm(EXPORT),
        may_change=user.has_perm(CHANGE),
    )


@require_POST
def came_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a letter did not arrive, and go back to the timeline it stands in."""
    by = require(request, CHANGE)
    letter = get_object_or_404(Letter, pk=pk, subject_key__startswith="person ")
    if letters.came_back(letter.pk, by=by, at=timezone.now()):
        messages.success(request, "Noted. Ask the person for an address that they read.")
    else:
        messages.error(request, "Nothing changed: it has not been sent, or has come back before.")
    key = letter.subject_key.removeprefix("person ")
    person = get_object_or_404(Person, key=key)
    return redirect("office:timeline", person.pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's history as a sealed file; that it was taken is the last line in it."""
    by = require(request, EXPORT)
    person = get_object_or_404(Person, pk=pk)
    keys = one_person.history_keys(one_person.accounts_of(person))
    now = timezone.now()
    history.record(person.history_key, "history exported", at=now, by=by)
    rows = history_file.sealed(keys, at=now)
    return _download("".join(f"{row}\n" for row in rows), f"history-of-person-{person.pk}.jsonl")


@require_safe
def whole_history(request: HttpRequest) -> HttpResponse:
    """What the file holds, how it is checked, and the newest anchors to compare it with."""
    require(request, EXPORT)
    return office_page(
        request,
        "history",
        title="History",
        anchors=history.of(seals.ANCHORS)[:10],
    )


@require_POST
def export_all(request: HttpRequest) -> StreamingHttpResponse:
    by = require(request, EXPORT)
    now = timezone.now()
    history.record("staff", "whole history exported", at=now, by=by)
    rows = (f"{row}\n" for row in history_file.sealed_all(at=now))
    return StreamingHttpResponse(
        rows,
        content_type="application/jsonl; charset=utf-8",
        headers=_as_file(f"history-{_day(now)}.jsonl"),
    )


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The program that checks such a file with nothing but Python."""
    require(request, EXPORT)
    words = Path(seals.__file__).read_text(encoding="utf-8")
    return HttpResponse(
        words,
        content_type="text/x-python; charset=utf-8",
        headers=_as_file("verify_history.py"),
    )


def _download(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text, content_type="application/jsonl; charset=utf-8", headers=_as_file(name)
    )


def _as_file(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }


def _day(at: dt.datetime) -> str:
    return timezone.localdate(at).isoformat()
