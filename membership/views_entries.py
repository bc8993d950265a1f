"""Sections that list several entries: qualifications and jobs, added and changed one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation.typed import keeps_typed
from membership import answers, drafts, known, steps
from membership.forms import posted
from membership.forms_evidence import EmploymentForm, QualificationForm
from membership.models import Application, Employment, Person, Qualification
from membership.views_apply import CHECK, editable_page, onward

Entry = Qualification | Employment


@dataclass(frozen=True)
class Listing:
    """What differs between the lists."""

    form: type[QualificationForm] | type[EmploymentForm]
    new: Callable[[Person], Entry]
    own: Callable[[Person], Any]
    one: str
    none: str


LISTINGS = {
    "qualifications": Listing(
        form=QualificationForm,
        new=lambda person: Qualification(person=person),
        own=lambda person: person.qualifications.all(),
        one="qualification",
        none="Add at least one qualification before you go on.",
    ),
    "history": Listing(
        form=EmploymentForm,
        new=lambda person: Employment(person=person),
        own=lambda person: person.employments.all(),
        one="job",
        none="Add at least one job before you go on. Associates may go on without one.",
    ),
}


@editable_page
def entries(request: HttpRequest, application: Application, key: str) -> HttpResponse:
    """What has been added so far; going on says that the list is complete."""
    step = _step(key, application)
    told = known.of_application(application)
    on = timezone.localdate()
    problem = ""
    if request.method == "POST":
        if "later" in request.POST:
            return onward(request, application, key)
        if step.holds(told):
            saved = drafts.finish(application_id=application.pk, key=key, at=timezone.now())
            return onward(request, saved, key)
        problem = LISTINGS[key].none
    page = {
        "step": step,
        "asked": told.asked.get(key, ""),
        "listing": LISTINGS[key],
        "entries": answers.entries(key, told, on=on),
        "experience": answers.experience(told, on=on) if key == "history" else None,
        "gaps": answers.gaps_in(told, on=on) if key == "history" else [],
        "problem": problem,
        "problem_at": "add" if problem else "",
        "files": told.files_for(key),
        "query": _query(request),
        "back": CHECK if _query(request) else "/apply/",
    }
    return render(request, "membership/entries.html", page)


@keeps_typed
@editable_page
def entry(
    request: HttpRequest, application: Application, key: str, pk: int | None = None
) -> HttpResponse:
    """Add an entry, or change one of one's own."""
    step, listing = _step(key, application), LISTINGS[key]
    person = application.person
    stored = listing.new(person) if pk is None else _own(listing, person, pk)
    form = listing.form(posted(request), instance=stored, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        drafts.keep_entry(form, application_id=application.pk, key=key, at=timezone.now())
        return redirect(step.path + _query(request))
    page = {
        "step": step,
        "listing": listing,
        "form": form,
        "is_new": pk is None,
        "back": step.path + _query(request),
    }
    return render(request, "membership/entry.html", page)


@editable_page
def remove(request: HttpRequest, application: Application, key: str, pk: int) -> HttpResponse:
    """Ask once, then take the entry away."""
    step, listing = _step(key, application), LISTINGS[key]
    stored = _own(listing, application.person, pk)
    if request.method == "POST":
        drafts.remove(stored, application_id=application.pk, at=timezone.now())
        messages.success(request, f"The {listing.one} was removed.")
        return redirect(step.path + _query(request))
    page = {"step": step, "listing": listing, "entry": stored, "back": step.path + _query(request)}
    return render(request, "membership/remove.html", page)


def _step(key: str, application: Application) -> steps.Step:
    step = steps.find(key, application)
    if step is None:
        raise Http404
    drafts.refuse_unless_open(application, key)
    return step


def _own(listing: Listing, person: Person, pk: int) -> Entry:
    """Only the person's own: anybody else's is not found."""
    found: Entry | None = listing.own(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _query(request: HttpRequest) -> str:
    """Whether the applicant came from the check page, to be carried along."""
    return "?next=check" if request.GET.get("next") == "check" else ""
