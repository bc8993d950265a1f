"""The end of the application: check the answers, send them, or take them back."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation import papers
from membership import advice, answers, copies, drafts, facts, known, lifecycle, steps
from membership.accounts import login_of, of_request
from membership.forms import posted
from membership.forms_check import SendForm
from membership.known import Known
from membership.models import Application, FeeRate, Person
from membership.views_apply import editable_page, own_open


@editable_page
def check(request: HttpRequest, application: Application) -> HttpResponse:
    """All answers with what the rules say of them. Sending twice is sending once."""
    told = known.of_application(application)
    left = steps.unfinished(told)
    version = settings.SOCIETY["membership_rules_version"]
    form = SendForm(posted(request), version=version)
    if request.method == "POST" and form.is_valid():
        try:
            send(request, application, version)
        except lifecycle.LifecycleError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("membership:sent")
    page = {
        "form": form,
        "left": left,
        "sections": answers.sections(told),
        "advice": _advice(told, [step.key for step in left]),
        "experience": answers.experience(told, on=timezone.localdate()),
        "version": version,
        "fee": FeeRate.objects.in_force(type=application.type, on=timezone.localdate()),
    }
    return render(request, "membership/check.html", page)


@transaction.atomic
def send(request: HttpRequest, application: Application, version: str) -> None:
    """Accept the rules and send: both or neither. Raises lifecycle.LifecycleError."""
    at = timezone.now()
    drafts.accept_rules(application_id=application.pk, version=version, at=at)
    lifecycle.submit(application_id=application.pk, by=login_of(request), at=at)


def sent(request: HttpRequest) -> HttpResponse:
    """The reference number, and what happens next."""
    application = own_open(of_request(request))
    if application is None or application.submitted_at is None:
        return redirect("membership:apply")
    told = known.of_application(application)
    return render(
        request,
        "membership/sent.html",
        {
            "application": application,
            "referees": told.referees,
            "reference_words": f"Your reference is {application.reference}.",
        },
    )


def copy(request: HttpRequest) -> HttpResponse:
    """All answers with reference and date, to print: the open application, or else the last."""
    person = of_request(request)
    application = _last_of(person)
    if application is None:
        return redirect("membership:apply")
    on = timezone.localdate()
    told = known.of_application(application)
    page = {
        "application": application,
        "person": person,
        "sections": answers.sections(told, to_change=False),
        "on": on,
    }
    return render(request, "membership/copy.html", page)


def copy_pdf(request: HttpRequest) -> HttpResponse:
    """The same copy as a file. No address names an application, so it is always one's own."""
    application = _last_of(of_request(request))
    if application is None:
        raise Http404
    enclosure = copies.enclosure_of(application)
    return papers.answer(enclosure.paper, name=enclosure.file_name)


def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the application back, after asking once."""
    application = own_open(of_request(request))
    if application is None:
        return redirect("membership:apply")
    if request.method == "POST":
        try:
            lifecycle.withdraw(
                application_id=application.pk, by=login_of(request), at=timezone.now()
            )
        except lifecycle.LifecycleError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Your application is withdrawn. You may apply again.")
        return redirect("membership:apply")
    return render(request, "membership/withdraw.html", {"application": application})


def _last_of(person: Person) -> Application | None:
    """The open application, or else the last."""
    return own_open(person) or person.applications.order_by("-started_at", "-pk").first()


def _advice(told: Known, left: list[str]) -> advice.Advice | None:
    """None until there is a type to judge by."""
    if not told.application.type:
        return None
    assessment = facts.assess_application(told.application, timezone.localdate())
    closed = [step.key for step in steps.STEPS if not steps.may_change(step.key, told)]
    return advice.advise(assessment, left=left, closed=closed)
