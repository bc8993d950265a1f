"""Where members tell the dates that go along with practising: each page is their own alone."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.dates import in_words
from membership import assurances, courses, standing, watch
from membership.accounts import login_of, of_request
from membership.forms import posted
from membership.forms_dates import (
    CourseForm,
    DateForm,
    DbsForm,
    IndemnityForm,
    RegistrationForm,
)
from membership.models import Assurance, Registration
from membership.types import MembershipType

PROFILE = "/profile/"
COURSE = (
    "Student membership is for people on a course. When yours is over we ask you which type of "
    "membership fits you then."
)
KEPT = "Thank you. The office sees the new date."


@dataclass(frozen=True)
class Page:
    """What a page asks for, and why."""

    title: str
    form: type[DateForm]
    words: str


PAGES = {
    Assurance.Kind.INDEMNITY.value: Page(
        "When does your insurance end?",
        IndemnityForm,
        "Who practises as a case manager needs professional indemnity insurance. We write to you "
        "60, 30 and 7 days before it ends.",
    ),
    Assurance.Kind.DBS.value: Page(
        "When was your most recent DBS check?",
        DbsForm,
        "The same goes for PVG (Scotland) and AccessNI (Northern Ireland). We write to you when a "
        "new check is due.",
    ),
}


@login_required
def tell_date(request: HttpRequest, kind: str) -> HttpResponse:
    """The last day of the insurance, or the day of the DBS check."""
    page, person = PAGES.get(kind), of_request(request)
    if page is None or not hasattr(person, "membership"):
        raise Http404
    known = person.assurances.filter(kind=kind).first()
    initial = {"date": known.dated_on} if known else {}
    form = page.form(posted(request), initial=initial, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        assurances.tell(
            person,
            kind=kind,
            dated_on=form.cleaned_data["date"],
            by=login_of(request),
            at=timezone.now(),
        )
        messages.success(request, KEPT)
        return redirect(PROFILE)
    return render(request, "membership/tell_date.html", {"page": page, "form": form})


@login_required
def tell_course(request: HttpRequest) -> HttpResponse:
    """The last day of a Student member's course."""
    person, today = of_request(request), timezone.localdate()
    found = courses.of(person.applications.order_by("-started_at", "-pk"))
    if found is None or standing.of(person, today).type is not MembershipType.STUDENT:
        raise Http404
    form = CourseForm(posted(request), initial={"date": found.course_ends_on}, on=today)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["date"]
        courses.tell(person, ends_on=day, by=login_of(request), at=timezone.now())
        messages.success(request, "Thank you. We have noted the new date.")
        return redirect(PROFILE)
    page = Page("When does your course end?", CourseForm, COURSE)
    return render(request, "membership/tell_date.html", {"page": page, "form": form})


@login_required
def tell_registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the member is registered; what the office saw counts until its own last day."""
    person = of_request(request)
    registration = get_object_or_404(person.registrations, pk=pk)
    if not hasattr(person, "membership"):
        raise Http404
    until = registration.told_until or registration.expires_on
    form = RegistrationForm(posted(request), initial={"date": until}, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        watch.tell(
            registration_id=pk,
            until=form.cleaned_data["date"],
            by=login_of(request),
            at=timezone.now(),
        )
        messages.success(request, KEPT)
        return redirect(PROFILE)
    page = Page("Until when are you registered?", RegistrationForm, _what_follows(registration))
    return render(request, "membership/tell_date.html", {"page": page, "form": form})


def _what_follows(registration: Registration) -> str:
    seen = registration.expires_on if registration.status in watch.CARRYING else None
    words = f"The office looks it up on the register of {watch.body_of(registration)}."
    if seen is None:
        return words
    return (
        f"{words} Until then your clinical areas stay in the directory as long as the date that "
        f"we saw: {in_words(seen)}. An earlier day takes them out until we have looked."
    )
