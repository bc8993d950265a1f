"""The pages of an import: send a file, see what it would do, confirm, undo."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation import spreadsheets
from foundation.queueing import after_commit
from foundation.sheets import FileRefused
from foundation.under_way import looks_again
from membership import accounts
from records import export, importing, judging, register, terms, undoing
from records.choosing import chosen
from records.forms_register import FileForm
from records.import_progress import bar
from records.models import RecordImport, Register

PAGE_SIZE = 100


@never_cache
def send(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Send a file; nothing of it is in the register until it is confirmed."""
    one = chosen(request, key).needed()
    if not terms.are_accepted(one):
        return redirect("records:terms_of", key=one.key)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            batch = importing.keep(
                register=one,
                content=form.cleaned_data["file"].read(),
                by=accounts.login_of(request),
                at=timezone.now(),
            )
        except (FileRefused, register.RegisterEnds, terms.TermsNotAccepted) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("records:import", key=batch.key)
    earlier = one.imports.filter(taken_at__isnull=False).order_by("-taken_at")[:10]
    context = {"form": form, "register": one, "earlier": earlier, "columns": export.HEAD}
    return render(request, "records/import_send.html", context)


@never_cache
def one_import(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One file: what it would do, how far it is, or what it did."""
    batch = _batch(request, key)
    if batch.taken_at is not None:
        return _done(request, batch)
    if batch.begun_at is not None and not importing.is_given_up(batch, at=timezone.now()):
        return _waits(request, batch)
    return _preview(request, batch)


def _waits(request: HttpRequest, batch: RecordImport) -> HttpResponse:
    context = {"batch": batch, "bar": bar(batch.pk, len(batch.rows))}
    return looks_again(render(request, "records/import_waits.html", context))


def _preview(request: HttpRequest, batch: RecordImport) -> HttpResponse:
    """What each line would do, all of them or those of one verdict."""
    judged = importing.shown(batch, on=timezone.localdate())
    counts = {
        verdict.value: sum(one.verdict is verdict for one in judged) for verdict in judging.Verdict
    }
    wanted = request.GET.get("show", "")
    listed = [one for one in judged if wanted not in counts or one.verdict.value == wanted]
    context = {
        "batch": batch,
        "counts": counts,
        "wanted": wanted if wanted in counts else "",
        "rows": len(judged),
        "page": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "seen": judging.digest(judged),
        "does_something": counts["taken"] + counts["changed"],
    }
    return render(request, "records/import_preview.html", context)


@never_cache
@require_POST
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a file in: at once, or by the worker where it is long."""
    batch, now, user = _batch(request, key), timezone.now(), accounts.login_of(request)
    seen = request.POST.get("seen", "")
    if len(batch.rows) > importing.AT_ONCE:
        if importing.begin(batch, at=now):
            after_commit("records.tasks.take_import", batch.pk, seen, user.pk)
        return redirect("records:import", key=key)
    try:
        importing.take(batch_id=batch.pk, seen=seen, by=user, at=now)
    except (importing.Overtaken, register.RegisterEnds, terms.TermsNotAccepted) as against:
        messages.warning(request, str(against))
    return redirect("records:import", key=key)


@never_cache
@require_POST
def drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Forget a file that was not confirmed."""
    batch = _batch(request, key)
    RecordImport.objects.filter(pk=batch.pk, taken_at=None, begun_at=None).delete()
    messages.success(request, "The file is forgotten. Nothing of it is in the register.")
    return redirect("records:import_send", key=batch.register.key)


@never_cache
@require_POST
def undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take an import back, as far as nobody has touched its records."""
    batch = _batch(request, key)
    undoing.undo(batch_id=batch.pk, by=accounts.login_of(request), at=timezone.now())
    return redirect("records:import", key=key)


def empty_file(request: HttpRequest) -> HttpResponse:
    """The headings alone, to fill in."""
    text = "".join(spreadsheets.lines(export.HEAD[: export.FACTS], []))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="client-records-empty.csv"'
    return response


def _done(request: HttpRequest, batch: RecordImport) -> HttpResponse:
    now = timezone.now()
    context = {
        "batch": batch,
        "can_undo": undoing.is_possible(batch, at=now),
        "staying": undoing.staying(batch),
        "undo_until": batch.taken_at + undoing.UNDO_FOR if batch.taken_at else None,
    }
    return render(request, "records/import_done.html", context)


def _batch(request: HttpRequest, key: uuid.UUID) -> RecordImport:
    """A file of a register that the signed-in person works in; others are not there."""
    mine = Register.objects.of(accounts.of_request(request))
    batches = RecordImport.objects.select_related("register__owner")
    return get_object_or_404(batches, key=key, register__in=mine)
