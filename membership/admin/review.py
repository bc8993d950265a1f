"""One application on one page, and the decisions that are made from it.

`admin_view` lets every member of staff in; who may see and who may decide is checked here.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation import history
from membership import checks, lifecycle, referees
from membership.admin.forms import ApproveForm, AskForm, DeclineForm, ReferenceForm, RegisterForm
from membership.admin.panel import review_panel
from membership.models import Application, User

SEE = "membership.view_application"
DECIDE = "membership.decide_application"
OVERRIDE = "membership.override_check"


def review(request: HttpRequest, pk: int) -> HttpResponse:
    application = application_for(request, pk, SEE)
    panel = review_panel(application, timezone.localdate())
    return _page(
        request,
        "review",
        application,
        panel=panel,
        events=history.of(application.person.history_key)[:30],
        may_decide=request.user.has_perm(DECIDE),
    )


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the approval; with a check open, only who may override it and says why."""
    application = application_for(request, pk, DECIDE)
    panel = review_panel(application, timezone.localdate())
    form = ApproveForm(
        request.POST or None,
        checks=panel.open_checks,
        may_override=request.user.has_perm(OVERRIDE),
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("override_reason", "")
        return _decide(
            request,
            application,
            "Approved. The letter with the fee is on its way; nothing is active before it is paid.",
            lambda: lifecycle.approve(
                application_id=pk, by=_user(request), at=timezone.now(), override_reason=reason
            ),
        )
    return _page(request, "approve", application, form=form, panel=panel)


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    application = application_for(request, pk, DECIDE)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(
            request,
            application,
            "Declined. The applicant has been told why.",
            lambda: lifecycle.decline(
                application_id=pk,
                by=_user(request),
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            ),
        )
    panel = review_panel(application, timezone.localdate())
    return _page(request, "decline", application, form=form, panel=panel)


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    application = application_for(request, pk, DECIDE)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(
            request,
            application,
            "The applicant has been asked. The application keeps its place in the queue.",
            lambda: lifecycle.ask(
                application_id=pk,
                by=_user(request),
                at=timezone.now(),
                question=form.cleaned_data["question"],
            ),
        )
    return _page(request, "ask", application, form=form)


def register(request: HttpRequest, pk: int, registration_id: int) -> HttpResponse:
    """Take down what the public register said."""
    application = application_for(request, pk, DECIDE)
    registration = get_object_or_404(application.person.registrations, pk=registration_id)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checks.record_register_check(
            registration_id=registration.pk,
            status=form.cleaned_data["status"],
            expires_on=form.cleaned_data["expires_on"],
            by=_user(request),
            on=timezone.localdate(),
            at=timezone.now(),
        )
        messages.success(request, f"Kept: {registration.body} checked today.")
        return redirect("admin:application_review", pk)
    return _page(request, "register", application, form=form, registration=registration)


@require_POST
def expertise(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Assign one of the areas that were requested."""
    application = application_for(request, pk, DECIDE)
    area = get_object_or_404(application.expertise_requested, code=code)
    try:
        checks.assign_expertise(
            person_id=application.person_id,
            area_code=area.code,
            by=_user(request),
            on=timezone.localdate(),
            at=timezone.now(),
        )
        messages.success(request, f"Assigned: {area.label}.")
    except checks.NotAssignable as error:
        messages.error(request, str(error))
    return redirect("admin:application_review", pk)


def reference(request: HttpRequest, pk: int, referee_id: int) -> HttpResponse:
    """Take down a reference that came by post or telephone."""
    application = application_for(request, pk, DECIDE)
    referee = get_object_or_404(application.referees.named(), pk=referee_id)
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        referees.answer(
            referee_id=referee.pk,
            said=form.answer(),
            at=timezone.now(),
            recorded_by=_user(request),
        )
        messages.success(request, "The reference is kept.")
        return redirect("admin:application_review", pk)
    return _page(request, "reference", application, form=form, referee=referee)


@require_POST
def bounced(request: HttpRequest, pk: int, referee_id: int) -> HttpResponse:
    application = application_for(request, pk, DECIDE)
    referee = get_object_or_404(application.referees.named(), pk=referee_id)
    referees.mark_bounced(referee_id=referee.pk, by=_user(request), at=timezone.now())
    messages.success(request, "The applicant has been asked for another referee.")
    return redirect("admin:application_review", pk)


def application_for(request: HttpRequest, pk: int, permission: str) -> Application:
    """The application, for staff who hold the permission; else 403."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(Application.objects.select_related("person", "decided_by"), pk=pk)


def _decide(request: HttpRequest, application: Application, done: str, step: Any) -> HttpResponse:
    try:
        step()
        messages.success(request, done)
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
    return redirect("admin:application_review", application.pk)


def _page(
    request: HttpRequest,
    name: str,
    application: Application,
    *,
    form: Form | None = None,
    **context: Any,
) -> HttpResponse:
    everything = {
        **admin.site.each_context(request),
        "application": application,
        "form": form,
        "title": str(application),
        **context,
    }
    return render(request, f"admin/membership/application/{name}.html", everything)


def _user(request: HttpRequest) -> User:
    """The admin lets nobody in who is not signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
