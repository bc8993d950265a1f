"""Importing a statement: send it, look at what it holds, confirm it once."""

from itertools import islice

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.under_way import looks_again
from membership.admin.pages import posted, require
from membership.models import User
from payments import bank_import, statement_looks, statement_uploads, statement_work
from payments.admin.bank_forms import ColumnsForm, ImportForm
from payments.admin.pages import admin_page
from payments.bank_import import Tally
from payments.models import BankAccount, StatementUpload
from payments.statements import StatementRefused, UnknownLayout, first_rows
from payments.statements.decoding import decode

PERMISSION = "payments.add_bankfile"
LINES_SHOWN = 10


def send_statement(request: HttpRequest) -> HttpResponse:
    """Choose a file; nothing of it is stored among the bank's lines yet."""
    by = require(request, PERMISSION)
    accounts = list(BankAccount.objects.all()[:2])
    initial = {"bank_account": accounts[0]} if len(accounts) == 1 else {}
    form = ImportForm(posted(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        upload = _kept(form, by=by)
        if upload is not None:
            return redirect("admin:payments_statement_preview", upload.pk)
    earlier = [(one, statement_uploads.stands(one)) for one in statement_uploads.of(by)]
    shown = {"form": form, "earlier": earlier}
    return render(request, *admin_page(request, "send", "Import a bank statement", **shown))


def explain_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column is which; remembered for the account."""
    by = require(request, PERMISSION)
    upload = own_upload(by, pk)
    try:
        rows = first_rows(decode(bytes(upload.content)))
    except StatementRefused as refused:
        return _refused(request, refused)
    form = ColumnsForm(posted(request), header=rows[0])
    if request.method == "POST" and form.is_valid():
        try:
            statement_uploads.explain(upload, form.cleaned_data, by=by, at=timezone.now())
        except StatementRefused as refused:
            form.add_error(None, f"Read like this, the file cannot be taken. {refused}")
        else:
            return redirect("admin:payments_statement_preview", pk)
    shown = {"form": form, "upload": upload, "header": rows[0], "rows": rows[1:]}
    return render(request, *admin_page(request, "columns", "Which column is which?", **shown))


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What importing would do, worked out and taken back; then the same for good."""
    by = require(request, PERMISSION)
    if request.method == "POST" and not StatementUpload.objects.filter(pk=pk).exists():
        return _dealt_with(request)
    upload = own_upload(by, pk)
    if request.method == "POST":
        return _decided(request, upload, by=by)
    if statement_uploads.is_long(upload):
        return _long(request, upload)
    sent = statement_uploads.sent(upload)
    try:
        tally = bank_import.rehearse(sent, by=by, at=timezone.now())
    except UnknownLayout:
        return redirect("admin:payments_statement_columns", pk)
    except StatementRefused as refused:
        return _refused(request, refused)
    return _shown(request, upload, tally)


def _long(request: HttpRequest, upload: StatementUpload) -> HttpResponse:
    """How far the worker is with it, what it saw, or what became of it."""
    if upload.file is not None:
        tally = bank_import.counted(Tally(upload.file.layout, upload.file))
        shown = {"upload": upload, "file": upload.file, "tally": tally}
        return render(request, *admin_page(request, "taken", "The statement is imported", **shown))
    if upload.stopped:
        messages.error(request, upload.stopped)
        return redirect("admin:payments_import_statement")
    if upload.looked_at is not None and upload.confirmed_at is None:
        return _shown(request, upload, statement_looks.tally_of(upload.look))
    title = "The statement is being " + ("imported" if upload.confirmed_at else "looked at")
    shown = {"upload": upload, "bar": statement_work.bar(upload)}
    return looks_again(render(request, *admin_page(request, "waits", title, **shown)))


def _shown(request: HttpRequest, upload: StatementUpload, tally: Tally) -> HttpResponse:
    """What importing would do, and the first lines, for the office to confirm."""
    lines = statement_uploads.sent(upload).statement().lines()
    shown = {
        "upload": upload,
        "tally": tally,
        "file": tally.file,
        "lines": list(islice(lines, LINES_SHOWN)),
        "holders": sorted(filter(None, tally.holders)),
    }
    return render(request, *admin_page(request, "preview", "What this statement holds", **shown))


def own_upload(by: User, pk: int) -> StatementUpload:
    """The upload of this member of staff, or 404."""
    return get_object_or_404(StatementUpload.objects.filter(sent_by=by), pk=pk)


def _kept(form: ImportForm, *, by: User) -> StatementUpload | None:
    """A refused file leaves no account behind."""
    file = form.cleaned_data["file"]
    try:
        with transaction.atomic():
            return statement_uploads.keep(
                content=file.read(),
                name=file.name or "statement",
                bank_account=form.account(),
                by=by,
                at=timezone.now(),
            )
    except StatementRefused as refused:
        form.add_error("file", str(refused))
        return None


def _decided(request: HttpRequest, upload: StatementUpload, *, by: User) -> HttpResponse:
    if "confirm" not in request.POST:
        if not statement_uploads.drop(upload):
            return _dealt_with(request)
        messages.info(request, "The statement was dropped. Nothing of it was stored.")
        return redirect("admin:payments_bankfile_changelist")
    if statement_uploads.is_long(upload):
        statement_uploads.confirm_long(upload, at=timezone.now())
        return redirect("admin:payments_statement_preview", upload.pk)
    try:
        tally = statement_uploads.confirm(upload, by=by, at=timezone.now())
    except StatementRefused as refused:
        return _refused(request, refused)
    if tally.is_known:
        messages.warning(request, "This very file was imported before, so nothing has changed.")
    else:
        new = tally.file.new_count
        taken = "1 new line was" if new == 1 else f"{new} new lines were"
        words = f"{taken} taken, {tally.posted} of them booked."
        messages.success(request, words)
    return redirect("admin:payments_bankline_first")


def _dealt_with(request: HttpRequest) -> HttpResponse:
    """A second click, or another tab."""
    words = "This statement was dealt with before. Whatever was imported is on this list, once."
    messages.warning(request, words)
    return redirect("admin:payments_bankfile_changelist")


def _refused(request: HttpRequest, refused: StatementRefused) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("admin:payments_import_statement")


PAGES = (
    ("import/", send_statement, "payments_import_statement"),
    ("import/<int:pk>/", preview, "payments_statement_preview"),
    ("import/<int:pk>/columns/", explain_columns, "payments_statement_columns"),
)
"""Below the list of statements."""
