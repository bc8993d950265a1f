"""The office's requests about data: what is due first, each entry decided on, the answer."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.own_pages import OwnPage, OwnPages
from membership.admin.pages import require
from membership.models import User
from records import pack
from records.pack import Verdict
from records.policy import in_force
from website import data_requests as desk
from website import naming
from website.data_forms import AnswerForm, CorrectedForm, DecideForm, ExtendForm
from website.desk_admin import DeskAdmin, StandFilter
from website.models import DataItem, DataRequest
from website.office_page import office_page

PERMISSION = "website.answer_datarequest"


class DataRequestAdmin(OwnPages, DeskAdmin):
    """Read here; `data_requests` alone writes."""

    list_display = ("reference", "kind", "asked_at", "due_on", "paused_on", "closed_at")
    list_filter = (StandFilter, "kind")
    search_fields = ("reference", "name", "email")
    search_help_text = "A reference, a name or an e-mail address."
    change_form_template = "admin/website/datarequest/change_form.html"
    fields = readonly_fields = (
        "reference",
        "kind",
        "name",
        "email",
        "words",
        "asked_at",
        "due_on",
        "extended_because",
        "paused_on",
        "paused_days",
        "answer",
        "closed_at",
        "closed_by",
        "log",
    )

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/decide/", decide, "website_datarequest_decide"),
            ("<int:pk>/extend/", extend, "website_datarequest_extend"),
            ("<int:pk>/pause/", pause, "website_datarequest_pause"),
            ("<int:pk>/resume/", resume, "website_datarequest_resume"),
            ("<int:pk>/answer/", answer, "website_datarequest_answer"),
        )


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of another person's words: `pk` is the entry's."""
    by = require(request, PERMISSION)
    item = get_object_or_404(DataItem.objects.select_related("request__person"), pk=pk)
    form = DecideForm(_typed(request))
    if form.is_valid():
        typed = form.cleaned_data

        def step() -> None:
            verdict = Verdict(typed["verdict"])
            desk.decide(item_id=pk, verdict=verdict, words=typed["words"], by=by, at=timezone.now())

        return _done(request, item.request, step, "Decided.")
    return _page(request, item.request, form, item.title, "Decide", item=item, facts=facts_of(item))


def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take two months more, and say why."""
    by, asked = require(request, PERMISSION), get_object_or_404(DataRequest, pk=pk)
    form = ExtendForm(_typed(request))
    if form.is_valid():

        def step() -> None:
            because = form.cleaned_data["because"]
            desk.extend(request_id=pk, because=because, by=by, at=timezone.now())

        return _done(request, asked, step, "Extended. The letter is on its way.")
    return _page(request, asked, form, "Take two months more", "Extend, and write to them")


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who they are; the clock stands."""
    by, asked = require(request, PERMISSION), get_object_or_404(DataRequest, pk=pk)

    def step() -> None:
        desk.pause(request_id=pk, by=by, at=timezone.now())

    return _done(request, asked, step, "The clock is stopped. The letter is on its way.")


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """It is known who they are; the clock goes on."""
    by, asked = require(request, PERMISSION), get_object_or_404(DataRequest, pk=pk)

    def step() -> None:
        desk.resume(request_id=pk, by=by, at=timezone.now())

    return _done(request, asked, step, "The clock runs again.")


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it and write to them; with a request to correct a new name can be written."""
    by, asked = require(request, PERMISSION), get_object_or_404(DataRequest, pk=pk)
    is_correction = asked.kind == DataRequest.Kind.CORRECT
    form: forms.Form = (CorrectedForm if is_correction else AnswerForm)(_typed(request))
    if form.is_valid():
        return _done(request, asked, _answering(asked, form, by), "Answered.")
    return _page(request, asked, form, f"Answer {asked}", "Answer, and write to them")


def _answering(asked: DataRequest, form: forms.Form, by: User) -> Callable[[], None]:
    def step() -> None:
        typed = form.cleaned_data
        naming.answer(
            asked,
            words=typed["words"],
            given_name=typed.get("given_name", ""),
            family_name=typed.get("family_name", ""),
            by=by,
            at=timezone.now(),
        )

    return step


def facts_of(item: DataItem) -> list[tuple[str, str]]:
    """What the row says, in plain words; nothing where it is gone meanwhile."""
    table = in_force().table(item.model)
    row = apps.get_model(item.model)._default_manager.filter(pk=item.key).first()
    return pack.told(table, row) if table and row else []


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(
    request: HttpRequest, asked: DataRequest, step: Callable[[], None], words: str
) -> HttpResponse:
    try:
        step()
    except desk.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("admin:website_datarequest_change", asked.pk)


def _page(
    request: HttpRequest, asked: DataRequest, form: forms.Form, title: str, button: str, **more: Any
) -> HttpResponse:
    context = {"asked": asked, "form": form, "button": button, **more}
    return office_page(request, "datarequest/step", title=title, **context)
