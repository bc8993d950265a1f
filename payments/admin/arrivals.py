"""Bringing members in from a file: send it, look, confirm, write the letters, undo."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation import spreadsheets
from foundation.look import Bar
from foundation.own_pages import OwnPage, OwnPages
from foundation.queueing import after_commit
from foundation.read_only import ReadOnlyAdmin
from foundation.sheets import FileRefused
from foundation.spreadsheets import guarded
from foundation.under_way import looks_again
from membership.admin.forms import OfficeForm
from membership.admin.pages import posted, require
from membership.arrivals.columns import COLUMNS, NAMES, samples
from membership.arrivals.judging import TO_MEND, Verdict, counts, digest
from membership.arrivals.reading import MOST_BYTES, Row
from membership.models import ArrivalFile, ExpertiseArea
from payments import arrivals, arrivals_undoing
from payments.admin.pages import page

BRING_IN = "membership.bring_in_members"
PAGE_SIZE = 100
WHY = "what_to_mend"
SHOWN = {
    Verdict.STAYS_OUT: ("Cannot be brought in", "stop"),
    Verdict.LIKELY: ("Probably here already", "act"),
    Verdict.HERE: ("Here already", "plain"),
    Verdict.COMES: ("Will be brought in", "good"),
}


class MembersFileForm(OfficeForm):
    """The file of members."""

    file = forms.FileField(
        label="File of members",
        help_text="A CSV file. In Excel: File, Save as, CSV UTF-8.",
        error_messages={
            "required": "Choose the file with the members.",
            "empty": "The file is empty. Save the table as CSV again, and send that.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(
                f"The file has more than {MOST_BYTES // 1_000_000} MB. Send it in parts."
            )
        return file


@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """Choose a file; nobody of it is here before it is confirmed."""
    by = require(request, BRING_IN)
    form = MembersFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = arrivals.keep(
                content=sent.read(), name=sent.name or "members", by=by, at=timezone.now()
            )
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _to(file)
    areas = ExpertiseArea.objects.order_by("code")
    facts = {"form": form, "columns": COLUMNS, "areas": areas}
    return page(request, "arrivals/send", title="Bring members in from a file", **facts)


def sample(request: HttpRequest) -> HttpResponse:
    """The headings, and three people who do not exist."""
    require(request, BRING_IN)
    return _csv("members-sample", spreadsheets.lines(NAMES, samples()))


def meanings(request: HttpRequest) -> HttpResponse:
    """Each column, whether it has to be there, and what it means."""
    require(request, BRING_IN)
    rows = [(one.name, "yes" if one.is_needed else "no", one.meaning) for one in COLUMNS]
    head = ("column", "has to be there", "what it means")
    return _csv("members-columns", spreadsheets.lines(head, rows))


@never_cache
def one_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what it would do, how far it is, or what it did."""
    require(request, BRING_IN)
    file, now = _file(pk), timezone.now()
    if file.done_at is not None:
        return _done(request, file, now)
    if file.confirmed_at is not None:
        return _at_work(request, file, now)
    return _preview(request, file)


@never_cache
def left_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows to mend, as a file that can be sent again, each with what to mend in it."""
    require(request, BRING_IN)
    file = _file(pk)
    rows = [
        [*(guarded(row.cells.get(name, "")) for name in NAMES), guarded(words)]
        for row, verdict, words in _outcome(file)
        if verdict in TO_MEND
    ]
    return _csv("members-to-mend", spreadsheets.lines((*NAMES, WHY), rows))


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring them in: a short file at once, a long one by the worker. Pressed again, go on."""
    by, now = require(request, BRING_IN), timezone.now()
    file = _file(pk)
    try:
        file = arrivals.confirm(file.pk, seen=request.POST.get("seen", ""), by=by, at=now)
    except arrivals.Overtaken as overtaken:
        messages.warning(request, str(overtaken))
        return _to(file)
    if len(file.rows) > arrivals.AT_ONCE:
        after_commit("payments.tasks.bring_in_members", file.pk)
    else:
        arrivals.bring_in(file.pk, at=now)
    return _to(file)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not confirmed."""
    require(request, BRING_IN)
    if arrivals.drop(_file(pk).pk):
        messages.success(request, "The file is forgotten. Nobody of it was brought in.")
    return redirect("admin:membership_arrivalfile_changelist")


@require_POST
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everybody who came by the file; each once."""
    by, now = require(request, BRING_IN), timezone.now()
    file = _file(pk)
    try:
        waiting = arrivals.ask_for_letters(file.pk, by=by, at=now)
    except arrivals.NotDone as not_yet:
        messages.warning(request, str(not_yet))
        return _to(file)
    if waiting > arrivals.AT_ONCE:
        after_commit("payments.tasks.write_to_arrivals", file.pk)
    else:
        arrivals.write_letters(file.pk, at=now)
    messages.success(request, "The letters are on their way. Each goes once.")
    return _to(file)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back whom nothing has happened to."""
    by = require(request, BRING_IN)
    file = _file(pk)
    try:
        gone = arrivals_undoing.undo(file.pk, by=by, at=timezone.now())
    except arrivals_undoing.NotUndone as stays:
        messages.error(request, str(stays))
    else:
        people = "1 person was" if gone == 1 else f"{gone:,} people were"
        messages.success(request, f"{people} taken back, as if the file had not been.")
    return _to(file)


def _preview(request: HttpRequest, file: ArrivalFile) -> HttpResponse:
    """The rows of trouble first."""
    judged = arrivals.shown(file, on=timezone.localdate())
    found, order = counts(judged), list(Verdict)
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in found else ""
    listed = [one for one in judged if not wanted or one.verdict == wanted]
    listed.sort(key=lambda one: (order.index(one.verdict), one.line))
    facts = {
        "file": file,
        "counts": [(one.value, *SHOWN[one], found[one]) for one in Verdict],
        "wanted": wanted,
        "rows": len(judged),
        "comes": found[Verdict.COMES],
        "to_mend": sum(found[one] for one in TO_MEND),
        "page": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "words": {one.value: SHOWN[one] for one in Verdict},
        "seen": digest(judged),
        "kept_until": file.sent_at + arrivals.KEPT_FOR,
    }
    return page(request, "arrivals/preview", title="What this file would do", **facts)


def _at_work(request: HttpRequest, file: ArrivalFile, now: dt.datetime) -> HttpResponse:
    done, total = file.arrivals.count(), len(file.rows)
    bar = Bar("Bringing them in", done, total, f"{done:,} of {total:,} rows")
    facts = {"file": file, "bar": bar, "is_at_work": arrivals.is_at_work(file, at=now)}
    answer = page(request, "arrivals/at_work", title="The members are being brought in", **facts)
    return looks_again(answer) if facts["is_at_work"] else answer


def _done(request: HttpRequest, file: ArrivalFile, now: dt.datetime) -> HttpResponse:
    out = arrivals.stays_out(file)
    until = arrivals_undoing.undo_until(file)
    here = file.arrivals.count()
    facts = {
        "file": file,
        "here": here,
        "unwritten": file.arrivals.unwritten().count(),
        "out": [(row, SHOWN[verdict], words) for row, verdict, words in out[:PAGE_SIZE]],
        "to_mend": sum(verdict in TO_MEND for _row, verdict, _words in out),
        "staying": arrivals_undoing.staying(file),
        "may_undo": here and until is not None and now < until,
        "undo_until": until,
        "kept_until": file.sent_at + arrivals.KEPT_FOR,
    }
    return page(request, "arrivals/done", title="What this file did", **facts)


def _outcome(file: ArrivalFile) -> list[tuple[Row, Verdict, str]]:
    if file.done_at is not None:
        return arrivals.stays_out(file)
    judged = arrivals.shown(file, on=timezone.localdate())
    return [(one.row, one.verdict, one.words) for one in judged]


def _file(pk: int) -> ArrivalFile:
    return get_object_or_404(ArrivalFile.objects.select_related("sent_by", "confirmed_by"), pk=pk)


def _to(file: ArrivalFile) -> HttpResponse:
    return redirect("admin:arrivals_file", file.pk)


def _csv(name: str, lines: Any) -> HttpResponse:
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@admin.register(ArrivalFile)
class ArrivalFileAdmin(OwnPages, ReadOnlyAdmin):
    """Files of members, newest first; each has a page of its own."""

    list_display = ("name", "sent_at", "sent_by", "done_at", "brought_in", "left_out", "letters_at")
    list_select_related = ("sent_by",)
    ordering = ("-sent_at", "-pk")
    change_list_template = "admin/payments/arrivals/list.html"
    fields = (
        *("name", "sent_at", "sent_by", "confirmed_at", "confirmed_by", "done_at", "brought_in"),
        *("left_out", "letters_at", "undone_at", "undone_by", "undone"),
    )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whoever may bring members in sees the file's own page; others what is noted of it."""
        may_see = self.has_view_permission(request)
        if may_see and request.user.has_perm(BRING_IN) and object_id.isdecimal():
            return redirect("admin:arrivals_file", object_id)
        seen: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return seen

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("send/", send, "arrivals_send"),
            ("sample/", sample, "arrivals_sample"),
            ("columns/", meanings, "arrivals_columns"),
            ("<int:pk>/", one_file, "arrivals_file"),
            ("<int:pk>/to-mend/", left_out, "arrivals_to_mend"),
            ("<int:pk>/confirm/", confirm, "arrivals_confirm"),
            ("<int:pk>/drop/", drop, "arrivals_drop"),
            ("<int:pk>/letters/", letters, "arrivals_letters"),
            ("<int:pk>/undo/", undo, "arrivals_undo"),
        )
