"""Where members ask for further areas of expertise, and tell what is new to support them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from membership import further_areas, own_areas, standing
from membership.accounts import login_of, of_request
from membership.forms import posted
from membership.forms_evidence import QualificationForm
from membership.forms_further import FurtherAreasForm, FurtherRegistrationForm
from membership.models import Application, Person, Qualification
from membership.post import note

ASKED = "Thank you. The office looks at it and writes to you."
KEPT = "Thank you. The office sees it; now ask for the areas that it supports."


@login_required
def areas(request: HttpRequest) -> HttpResponse:
    """What is assigned, and a request for more."""
    person, now = _practising(request), timezone.now()
    form = FurtherAreasForm(posted(request), person=person)
    if request.method == "POST" and form.is_valid():
        further_areas.ask(
            person,
            codes=form.cleaned_data["areas"],
            words=form.cleaned_data["words"],
            by=login_of(request),
            at=now,
        )
        messages.success(request, ASKED)
        return redirect("website:profile")
    shown = {"form": form, "areas": own_areas.of(person, timezone.localdate(now))}
    return render(request, "membership/further_areas.html", shown)


@login_required
def qualification(request: HttpRequest) -> HttpResponse:
    """A qualification that is new, or was never told."""
    person, now = _practising(request), timezone.now()
    form = QualificationForm(posted(request), instance=Qualification(person=person), at=now)
    if request.method == "POST" and form.is_valid():
        kept = form.keep()
        note(person, "told of a qualification", at=now, by=login_of(request), text=str(kept))
        messages.success(request, KEPT)
        return redirect("membership:further_areas")
    shown = {"form": form, "title": "Add a qualification"}
    return render(request, "membership/further_evidence.html", shown)


@login_required
def registration(request: HttpRequest) -> HttpResponse:
    """A registration that is new; the office looks it up before it carries an area."""
    person, now = _practising(request), timezone.now()
    form = FurtherRegistrationForm(
        posted(request), application=_newest(person), on=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        further_areas.tell_registration(
            person,
            body=told["body"],
            profession=told["profession"],
            number=told["number"],
            until=told["date"],
            by=login_of(request),
            at=now,
        )
        if form.warning:
            messages.warning(request, form.warning)
        messages.success(request, KEPT)
        return redirect("membership:further_areas")
    shown = {"form": form, "title": "Add a registration"}
    return render(request, "membership/further_evidence.html", shown)


def _practising(request: HttpRequest) -> Person:
    """Whose pages these are; they are not there for anybody without areas of expertise."""
    person = of_request(request)
    if not further_areas.may_have_areas(standing.of(person, timezone.localdate())):
        raise Http404
    return person


def _newest(person: Person) -> Application:
    """Where the member practises is known from it; one that is empty says nothing."""
    sent = person.applications.filter(state=Application.State.ACTIVATED)
    return sent.order_by("-started_at", "-pk").first() or Application()
