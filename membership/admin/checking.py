"""Where the office takes down what it found: registers, references, areas of expertise."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from membership import checks, referees
from membership.admin.forms import ReferenceForm, RegisterForm
from membership.admin.pages import DECIDE, application_for, back_to, page, posted, require
from membership.admin.stated import body_name
from membership.registers import BODIES

EVERY = "every"
NO_LONGER_NEEDED = "Nothing changed: this application needs no reference any more."


def register(request: HttpRequest, pk: int, registration_id: int) -> HttpResponse:
    """Take down what the public register said."""
    application = application_for(request, pk, DECIDE)
    registration = get_object_or_404(application.person.registrations, pk=registration_id)
    form = RegisterForm(posted(request))
    by = require(request, DECIDE)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.keep(registration, by=by, at=timezone.now()):
        messages.success(request, f"Kept: the register of the {registration.body}, seen today.")
        return back_to(application)
    return page(
        request,
        "application/register",
        title=f"What does the register say of {application.person}?",
        application=application,
        registration=registration,
        body_name=body_name(registration.body),
        url=BODIES[registration.body].website if registration.body in BODIES else "",
        form=form,
    )


@require_POST
def expertise(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Assign one of the areas that were requested, or every one that the evidence supports."""
    application = application_for(request, pk, DECIDE)
    by, on, at = require(request, DECIDE), timezone.localdate(), timezone.now()
    if code != EVERY:
        get_object_or_404(application.expertise_requested, code=code)
    try:
        if code == EVERY:
            given = checks.assign_supported(application_id=pk, by=by, on=on, at=at)
        else:
            one = checks.assign_requested(application_id=pk, area_code=code, by=by, on=on, at=at)
            given = [one]
    except checks.NotAssignable as error:
        messages.error(request, str(error))
        return back_to(application)
    messages.success(request, f"Assigned: {', '.join(each.area.label for each in given)}.")
    return back_to(application, part="expertise")


def reference(request: HttpRequest, pk: int, referee_id: int) -> HttpResponse:
    """Take down a reference that came by post or telephone."""
    application = application_for(request, pk, DECIDE)
    referee = get_object_or_404(application.referees.named(), pk=referee_id)
    if referee.state == referee.State.ANSWERED:
        messages.error(request, f"The reference of {referee.name} has arrived already.")
        return back_to(application)
    if application.state not in application.TAKES_REFERENCES:
        messages.error(request, NO_LONGER_NEEDED)
        return back_to(application)
    form = ReferenceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        by = require(request, DECIDE)
        referees.answer(
            referee_id=referee.pk, said=form.answer(), at=timezone.now(), recorded_by=by
        )
        messages.success(request, f"The reference of {referee.name} is kept.")
        return back_to(application)
    return page(
        request,
        "application/reference",
        title=f"What did {referee.name} say of {application.person}?",
        application=application,
        referee=referee,
        form=form,
    )


@require_POST
def bounced(request: HttpRequest, pk: int, referee_id: int) -> HttpResponse:
    """The letter to a referee came back."""
    application = application_for(request, pk, DECIDE)
    referee = get_object_or_404(application.referees.named(), pk=referee_id)
    by = require(request, DECIDE)
    kept = referees.mark_bounced(referee_id=referee.pk, by=by, at=timezone.now())
    if kept.state == referee.State.BOUNCED:
        messages.success(request, "The applicant has been asked for another referee.")
    elif kept.application.state not in application.TAKES_REFERENCES:
        messages.error(request, NO_LONGER_NEEDED)
    else:
        messages.error(request, f"Nothing changed: {referee.name} has answered already.")
    return back_to(application)
