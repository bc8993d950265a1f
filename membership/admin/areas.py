"""The office's page of a member's areas of expertise: what supports them, give and take away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from foundation.fields import WordsField
from membership import further_areas
from membership.admin.forms import OfficeForm
from membership.admin.pages import DECIDE, page, posted, require
from membership.admin.stated import body_name
from membership.checks import NotAssignable
from membership.models import ExpertiseAssignment, Person, User


class GiveForm(OfficeForm):
    area = forms.ChoiceField(
        label="Which area?",
        error_messages={
            "required": "Choose an area.",
            "invalid_choice": "This area is not offered, or is theirs already. Choose another.",
        },
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.pk, one.label) for one in further_areas.not_held(person)]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "Choose an area"),
            *offered,
        ]


class TakeForm(OfficeForm):
    area = forms.ChoiceField(
        label="Which area is taken away?",
        error_messages={
            "required": "Choose an area.",
            "invalid_choice": "This area is not theirs any more.",
        },
    )
    reason = WordsField(
        rows=3,
        label="Why?",
        help_text="The member reads it in the letter.",
        missing="Write down why: the member reads it.",
    )

    def __init__(self, *args: Any, held: list[ExpertiseAssignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = [(str(one.pk), one.area.label) for one in held]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "Choose an area"),
            *theirs,
        ]


def expertise(request: HttpRequest, pk: int) -> HttpResponse:
    """One page, two forms: each names its step."""
    by = require(request, DECIDE)
    person = get_object_or_404(Person, pk=pk)
    held = list(
        ExpertiseAssignment.objects.held()
        .filter(person=person)
        .select_related("area", "registration", "person")
        .order_by("area__label")
    )
    sent = posted(request)
    gives = sent is not None and sent.get("step") == "give"
    give = GiveForm(sent if gives else None, person=person)
    take = TakeForm(None if gives else sent, held=held)
    if _given(request, give, person, by) or _taken(request, take, by):
        return redirect("admin:person_expertise", pk)
    registrations = [(one, body_name(one.body)) for one in person.registrations.all()]
    return page(
        request,
        "person/expertise",
        title=f"Areas of expertise of {person}",
        person=person,
        held=held,
        qualifications=person.qualifications.all(),
        registrations=registrations,
        give=give,
        take=take,
    )


def _given(request: HttpRequest, form: GiveForm, person: Person, by: User) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    code = form.cleaned_data["area"]
    try:
        given = further_areas.assign(person_id=person.pk, area_code=code, by=by, at=timezone.now())
    except NotAssignable as refused:
        form.add_error("area", str(refused))
        return False
    messages.success(request, f"Assigned: {given.area.label}. The member is written to.")
    return True


def _taken(request: HttpRequest, form: TakeForm, by: User) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    told = form.cleaned_data
    taken = further_areas.take_away(
        assignment_id=int(told["area"]), reason=told["reason"], by=by, at=timezone.now()
    )
    messages.success(request, f"Taken away: {taken.area.label}. The member is written to.")
    return True
