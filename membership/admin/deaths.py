"""Pages on which the office records that a person has died, and takes it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from membership import lifecycle
from membership.admin.forms import DeathForm, ReasonForm
from membership.admin.pages import page, posted, require, taken
from membership.models import Person

RECORD = "membership.record_death"
DONE = (
    "Recorded. The membership has ended, and nothing is sent to their address any more. "
    "A letter to the office says what is left to do."
)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """End everything that would write to somebody who has died."""
    by = require(request, RECORD)
    person = get_object_or_404(Person, pk=pk)
    form = DeathForm(posted(request))
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["died_on"]
        kept = taken(
            request,
            lambda: lifecycle.record_death(person_id=pk, died_on=day, by=by, at=timezone.now()),
            done=DONE,
        )
        if kept:
            return redirect("admin:membership_person_change", pk)
    return page(
        request,
        "person/death",
        title=f"Record the death of {person}?",
        person=person,
        form=form,
    )


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """It was a mistake: the membership runs on."""
    by = require(request, RECORD)
    person = get_object_or_404(Person, pk=pk)
    form = ReasonForm(posted(request), label="How did the mistake come about?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        taken(
            request,
            lambda: lifecycle.undo_death(person_id=pk, by=by, at=timezone.now(), reason=reason),
            done="Taken back. The membership runs on its dates, and letters are sent again.",
        )
        return redirect("admin:membership_person_change", pk)
    return page(
        request,
        "person/not_dead",
        title=f"{person} has not died?",
        person=person,
        form=form,
    )
