"""The three decisions, each a page that says what will happen before it is confirmed."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from membership import lifecycle
from membership.admin.forms import ApproveForm, AskForm, DeclineForm
from membership.admin.pages import (
    DECIDE,
    OVERRIDE,
    application_for,
    back_to,
    page,
    posted,
    require,
    taken,
)
from membership.admin.panel import Panel, review_panel
from membership.models import Application

State = Application.State


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the approval; with a check open, only who may override it and says why."""

    def form_for(panel: Panel) -> ApproveForm:
        return ApproveForm(
            posted(request),
            checks=panel.open_checks,
            may_override=request.user.has_perm(OVERRIDE),
        )

    def step(form: Form) -> object:
        return lifecycle.approve(
            application_id=pk,
            by=require(request, DECIDE),
            at=timezone.now(),
            override_reason=form.cleaned_data.get("override_reason", ""),
        )

    return _decide(
        request,
        pk,
        State.APPROVED,
        form_for=form_for,
        step=step,
        done="Approved. The letter with the fee is on its way; paying it starts the membership.",
    )


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    def step(form: Form) -> object:
        return lifecycle.decline(
            application_id=pk,
            by=require(request, DECIDE),
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )

    return _decide(
        request,
        pk,
        State.DECLINED,
        form_for=lambda _panel: DeclineForm(posted(request)),
        step=step,
        done="Declined. The applicant has been told why.",
    )


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    def step(form: Form) -> object:
        return lifecycle.ask(
            application_id=pk,
            by=require(request, DECIDE),
            at=timezone.now(),
            question=form.cleaned_data["question"],
        )

    return _decide(
        request,
        pk,
        State.MORE_INFORMATION,
        form_for=lambda _panel: AskForm(posted(request)),
        step=step,
        done="The applicant has been asked. The application keeps its place in the queue.",
    )


TEMPLATES = {
    State.APPROVED: ("application/approve", "Approve {}?"),
    State.DECLINED: ("application/decline", "Decline {}?"),
    State.MORE_INFORMATION: ("application/ask", "Ask {} for more"),
}


def _decide(
    request: HttpRequest,
    pk: int,
    state: Application.State,
    *,
    form_for: Callable[[Panel], Form],
    step: Callable[[Form], object],
    done: str,
) -> HttpResponse:
    """Who comes second is told of the first decision instead of being shown a form."""
    application = application_for(request, pk, DECIDE)
    try:
        lifecycle.refuse_unless_allowed(application, state)
    except lifecycle.WrongState as error:
        messages.error(request, str(error))
        return back_to(application)
    panel = review_panel(application, timezone.localdate())
    form = form_for(panel)
    if request.method == "POST" and form.is_valid():
        taken(request, lambda: step(form), done=done)
        return back_to(application)
    template, heading = TEMPLATES[state]
    return page(
        request,
        template,
        title=heading.format(application.person),
        application=application,
        panel=panel,
        form=form,
    )
