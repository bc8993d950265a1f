"""The applicant's own application: the list of sections, and one page for each."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation.typed import keeps_typed
from membership import answers, brochure, drafts, known, lifecycle, outlook, steps, tracking
from membership.accounts import of_request
from membership.forms import SectionForm, posted
from membership.forms_about import TypeForm
from membership.forms_of import FORMS
from membership.forms_registration import RegistrationForm, answers_of
from membership.models import Application, Person

CHECK = "/apply/check/"

Page = Callable[Concatenate[HttpRequest, Application, ...], HttpResponse]


def own_open(person: Person) -> Application | None:
    """The person's application that has not ended; nobody else's can be reached from here."""
    application = Application.objects.open().filter(person=person).first()
    if application is not None:
        application.person = person
    return application


def editable_page(view: Page) -> Callable[..., HttpResponse]:
    """Gives the view the signed-in person's own application while it may be changed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = own_open(of_request(request))
        if application is None:
            return redirect("membership:apply")
        try:
            drafts.refuse_unless_editable(application)
            return view(request, application, *args, **kwargs)
        except (drafts.NotEditable, drafts.RefereeAsked) as refused:
            messages.warning(request, str(refused))
            return redirect("membership:apply")

    return guarded


@login_required(login_url="account_signup")
def apply(request: HttpRequest) -> HttpResponse:
    """Where the application stands; without one, the first question of a new one."""
    person = of_request(request)
    application = own_open(person)
    if application is None:
        return _start(request, person)
    if request.method == "POST":  # the second click on “Start”
        return redirect("membership:apply")
    told = known.of_application(application)
    page = {
        "application": application,
        "status": tracking.status_of(application),
    }
    if application.is_editable:
        tasks = tracking.tasks(told)
        page |= {
            "tasks": tasks,
            "go_on": tracking.go_on(tasks),
            "sections": answers.closed_sections(told),
        }
        return render(request, "membership/tasks.html", page)
    page |= {
        "outlook": outlook.rows(told, on=timezone.localdate()),
        "rows": tracking.referee_rows(told),
        "path": tracking.path_of(application),
        "sections": answers.sections(told),
    }
    return render(request, "membership/status.html", page)


def _start(request: HttpRequest, person: Person) -> HttpResponse:
    asked = request.GET.get("type", "")
    form = TypeForm(posted(request), initial={"type": asked}, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        drafts.begin(person=person, type=form.cleaned_data["type"], at=timezone.now())
        return redirect("membership:apply")
    ended = Application.objects.filter(person=person).exclude(state__in=Application.OPEN)
    last = ended.order_by("-started_at", "-pk").first()
    status = tracking.status_of(last) if last is not None else None
    page = {
        "form": form,
        "status": status,
        "may_ask_review": last is not None
        and not lifecycle.why_no_appeal(last, on=timezone.localdate()),
        "to_hand": brochure.TO_HAND,
        "to_hand_short": brochure.TO_HAND_SHORT,
    }
    return render(request, "membership/start.html", page)


@keeps_typed
@editable_page
def section(request: HttpRequest, application: Application, key: str) -> HttpResponse:
    """One section that is one form. Saved at every send; what is wrong is said and kept."""
    step = steps.find(key, application)
    if step is None or key not in FORMS:
        raise Http404
    drafts.refuse_unless_open(application, key)
    later = "later" in request.POST
    form = FORMS[key](
        posted(request),
        instance=application.person if step.about_person else application,
        at=timezone.now(),
        may_wait=later,
    )
    if request.method == "POST" and form.is_valid():
        saved = drafts.keep(
            form, application_id=application.pk, key=key, done=not later, at=timezone.now()
        )
        return onward(request, saved, key)
    return _page(request, application, step, form)


@keeps_typed
@editable_page
def registration(request: HttpRequest, application: Application) -> HttpResponse:
    """The registered body; not asked of vocational case managers."""
    step = steps.find("registration", application)
    if step is None:
        raise Http404
    drafts.refuse_unless_open(application, step.key)
    later = "later" in request.POST
    form = RegistrationForm(
        posted(request),
        initial=answers_of(known.of_application(application)),
        application=application,
        may_wait=later,
    )
    if request.method == "POST" and form.is_valid():
        saved = drafts.keep_registration(
            application_id=application.pk, **form.cleaned_data, done=not later, at=timezone.now()
        )
        if form.warning:
            messages.warning(request, form.warning)
        return onward(request, saved, step.key)
    return _page(request, application, step, form)


def onward(request: HttpRequest, application: Application, key: str) -> HttpResponse:
    """To the next section that is left, or back to where the applicant came from."""
    if "later" in request.POST:
        messages.success(request, "Saved. You can come back and go on from any device.")
        return redirect("membership:apply")
    if request.GET.get("next") == "check":
        return redirect(CHECK)
    told = known.Known(application)
    following = steps.after(key, told)
    return redirect(following.begins_at(told) if following else CHECK)


def _page(
    request: HttpRequest,
    application: Application,
    step: steps.Step,
    form: SectionForm | RegistrationForm,
) -> HttpResponse:
    from_check = request.GET.get("next") == "check"
    shown: dict[str, Any] = {
        "step": step,
        "form": form,
        "asked": known.asked_of(application).get(step.key, ""),
        "back": CHECK if from_check else "/apply/",
        "query": "?next=check" if from_check else "",
    }
    if step.takes_files:
        shown["files"] = application.evidence_files.filter(section=step.key)
    return render(request, "membership/section.html", shown)
