"""The office's complaints: what is due first, its log, and the two steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.own_pages import OwnPage, OwnPages
from membership.models import User
from website import complaints
from website.complaint_forms import OutcomeForm, ProgressForm
from website.desk_admin import DeskAdmin, StandFilter
from website.models import Complaint

PERMISSION = "website.answer_complaint"


class ComplaintAdmin(OwnPages, DeskAdmin):
    """Read here; `complaints` alone writes."""

    list_display = ("reference", "about", "received_at", "due_on", "closed_at")
    list_filter = (StandFilter, "about")
    search_fields = ("reference", "name", "email")
    search_help_text = "A reference, a name or an e-mail address."
    change_form_template = "admin/website/complaint/change_form.html"
    fields = readonly_fields = (
        "reference",
        "about",
        "name",
        "email",
        "for_whom",
        "what",
        "wish",
        "received_at",
        "due_on",
        "outcome",
        "closed_at",
        "closed_by",
        "log",
    )

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/progress/", note_progress, "website_complaint_progress"),
            ("<int:pk>/outcome/", close, "website_complaint_outcome"),
        )


def note_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was done, and tell the person where that is wished."""
    complaint, form = _asked(request, pk, ProgressForm)
    if form.is_valid():
        typed = form.cleaned_data

        def do() -> None:
            complaints.note_progress(
                complaint_id=pk,
                words=typed["words"],
                tell=typed["tell"],
                by=_officer(request),
                at=timezone.now(),
            )

        return _done(request, complaint, do, "Noted.")
    return _page(request, complaint, form, "Note what was done", "Note it")


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the outcome; the complaint is answered then."""
    complaint, form = _asked(request, pk, OutcomeForm)
    if form.is_valid():

        def do() -> None:
            words = form.cleaned_data["words"]
            complaints.close(
                complaint_id=pk, outcome=words, by=_officer(request), at=timezone.now()
            )

        return _done(request, complaint, do, "Answered. The letter is on its way.")
    return _page(request, complaint, form, "Answer the complaint", "Send the outcome")


def _asked(request: HttpRequest, pk: int, form: type[forms.Form]) -> tuple[Complaint, forms.Form]:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    complaint = get_object_or_404(Complaint, pk=pk)
    return complaint, form(request.POST if request.method == "POST" else None)


def _done(request: HttpRequest, complaint: Complaint, do: Any, words: str) -> HttpResponse:
    try:
        do()
    except complaints.Closed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("admin:website_complaint_change", complaint.pk)


def _officer(request: HttpRequest) -> User:
    user: Any = request.user
    return User.objects.get(pk=user.pk)


def _page(
    request: HttpRequest, complaint: Complaint, form: forms.Form, title: str, button: str
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "button": button}
    return render(
        request,
        "admin/website/complaint/step.html",
        {**context, "complaint": complaint, "form": form},
    )
