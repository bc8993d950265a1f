"""What comes after a decision: the second officer, undoing, reversing, and the review of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from membership import lifecycle
from membership.admin.forms import ConfirmForm, ReasonForm
from membership.admin.forms_deciding import AppealForm
from membership.admin.pages import (
    DECIDE,
    OVERRIDE,
    application_for,
    back_to,
    by_letter,
    page,
    posted,
    require,
    taken,
    was_read,
)
from membership.admin.panel import review_panel
from membership.lifecycle import wording
from membership.models import Appeal, User


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one has just done."""
    application = application_for(request, pk, DECIDE)
    by = require(request, DECIDE)
    if not lifecycle.may_undo(application, by=by, at=timezone.now()):
        messages.error(request, "This can no longer be undone. Reverse the decision instead.")
        return back_to(application)
    form = ConfirmForm(posted(request))
    if request.method == "POST":
        taken(
            request,
            lambda: lifecycle.undo(application_id=pk, by=by, at=timezone.now()),
            done="Undone. The application waits for your decision again.",
        )
        return back_to(application)
    return page(
        request,
        "application/undo",
        title=f"Undo: {application.get_state_display().lower()}?",
        application=application,
        form=form,
        preview=wording.preview(application, wording.undone(application.state)),
    )


def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a decision formally, with a reason that the applicant reads."""
    application = application_for(request, pk, DECIDE)
    by = require(request, DECIDE)
    try:
        lifecycle.refuse_unless_allowed(application, lifecycle.Verb.UNDO)
    except lifecycle.WrongState as error:
        messages.error(request, str(error))
        return back_to(application)
    form = ReasonForm(
        posted(request),
        label="Why is the decision reversed?",
        help_text="The applicant reads this. It is kept with your name.",
    )
    return by_letter(
        request,
        application,
        "reverse",
        title=f"Reverse the decision on {application.person}?",
        form=form,
        letter=lambda: wording.reversed_for(application.state, form.cleaned_data["reason"]),
        step=lambda: lifecycle.reverse(
            application_id=pk, by=by, at=timezone.now(), reason=form.cleaned_data["reason"]
        ),
        done="Reversed. The applicant has been told why, and it waits for a decision again.",
    )


def second(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer reads the first one's reasons, and agrees or does not."""
    application = application_for(request, pk, OVERRIDE)
    by = require(request, OVERRIDE)
    require(request, DECIDE)
    if application.override_asked_by is None:
        messages.error(request, "Nobody waits for an agreement on this application.")
        return back_to(application)
    panel = review_panel(application, timezone.localdate())
    preview = wording.preview(application, wording.approved(panel.fee)) if panel.fee else None
    if "no" in request.POST or (preview is not None and was_read(request, preview)):
        _answer_as_second(request, pk, by)
        return back_to(application)
    return page(
        request,
        "application/second",
        title=f"Agree to approve {application.person}?",
        application=application,
        panel=panel,
        preview=preview,
        is_own=application.override_asked_by == by,
    )


def _answer_as_second(request: HttpRequest, pk: int, by: User) -> None:
    given: dict[str, Any] = {"application_id": pk, "by": by, "at": timezone.now()}
    if "no" in request.POST:
        why = request.POST.get("why", "").strip()
        taken(
            request,
            lambda: lifecycle.refuse_as_second(**given, why=why),
            done="Not agreed. The application waits for a decision as before.",
        )
        return
    taken(
        request,
        lambda: lifecycle.agree_as_second(**given),
        done="Agreed and approved. The letter with the fee is on its way.",
    )


def appeal(request: HttpRequest, pk: int, appeal_id: int) -> HttpResponse:
    """Somebody other than the decider answers the applicant who asked for a review."""
    application = application_for(request, pk, DECIDE)
    by = require(request, DECIDE)
    made = get_object_or_404(
        Appeal.objects.select_related("against", "closed_by"),
        pk=appeal_id,
        application=application,
    )
    form = AppealForm(posted(request))
    return by_letter(
        request,
        application,
        "appeal",
        title=f"Review the decision on {application.person}",
        form=form,
        letter=lambda: wording.reviewed(*form.said()),
        step=lambda: _answer_appeal(made, form, by),
        done="Answered. The applicant has been told.",
        appeal=made,
        is_own=made.against == by,
    )


def _answer_appeal(made: Appeal, form: AppealForm, by: User) -> None:
    outcome, words = form.said()
    lifecycle.answer(appeal_id=made.pk, by=by, at=timezone.now(), outcome=outcome, words=words)
