"""The office finds a person's other account, sees what merging would do, and confirms or undoes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from membership import duplicates
from membership.admin.forms import OfficeForm, ReasonForm
from membership.admin.pages import posted, require
from membership.models import Person
from website import merging
from website.models import Merger
from website.office_page import office_page

MERGE = "website.merge_people"
SHOWN = 20


class SearchForm(OfficeForm):
    q = forms.CharField(
        label="Find the other account",
        help_text="A name, an e-mail address, a member number or a payment reference.",
        max_length=120,
        error_messages={"required": "Enter a name, an address or a number."},
    )


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Accounts like this one, and a search for any other."""
    require(request, MERGE)
    person = get_object_or_404(Person.objects.select_related("merged_into"), pk=pk)
    form = SearchForm(request.GET if "q" in request.GET else None)
    found = _found(form.cleaned_data["q"], person) if form.is_bound and form.is_valid() else None
    return office_page(
        request,
        "merge",
        title=f"Merge {person} with another account",
        person=person,
        likely=duplicates.like(person),
        form=form,
        found=found,
        mergers=_mergers(person),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Side by side what moves, what stays and what stands against it; then the confirmation."""
    by = require(request, MERGE)
    people = Person.objects.select_related("user", "membership", "account", "listing")
    kept, gone = get_object_or_404(people, pk=pk), get_object_or_404(people, pk=other)
    form = ReasonForm(posted(request), label="How do you know that this is one person?")
    if request.method == "POST" and form.is_valid() and _merged(request, kept, gone, form, by):
        return redirect("office:timeline", kept.pk)
    return office_page(
        request,
        "merge_confirm",
        title=f"Merge two accounts of {kept}?",
        kept=kept,
        gone=gone,
        preview=merging.preview(kept=kept, gone=gone, on=timezone.localdate()),
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    by = require(request, MERGE)
    merger = get_object_or_404(Merger.objects.select_related("kept", "gone", "merged_by"), pk=pk)
    form = ReasonForm(posted(request), label="Why are these two people after all?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        merging.undo(merger_id=merger.pk, by=by, at=timezone.now(), reason=reason)
        messages.success(request, "Undone. What had moved is back, and both have been written to.")
        return redirect("office:timeline", merger.kept_id)
    title = f"Undo the merging of {merger.gone} into {merger.kept}?"
    return office_page(request, "merge_undo", title=title, merger=merger, form=form)


def _merged(
    request: HttpRequest, kept: Person, gone: Person, form: ReasonForm, by: Any
) -> Merger | None:
    """The merger, or what stands against it as an error of the form."""
    try:
        merger = merging.merge(
            kept_id=kept.pk,
            gone_id=gone.pk,
            by=by,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except merging.CannotMerge as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "Merged. Both addresses have been written to; this can be undone.")
    return merger


def _found(typed: str, person: Person) -> QuerySet[Person]:
    words = typed.split()
    named = Q()
    for word in words:
        named &= Q(given_name__icontains=word) | Q(family_name__icontains=word)
    known = named | Q(email__iexact=typed.strip()) | Q(user__email__iexact=typed.strip())
    known |= Q(account__payment_reference__iexact="".join(words))
    number = "".join(words).upper().removeprefix("CM-").removeprefix("CM")
    if number.isascii() and number.isdigit() and len(number) < len(str(2**31)):
        known |= Q(membership__number=int(number))
    people = Person.objects.filter(known, merged_into=None).exclude(pk=person.pk)
    return people.select_related("membership").order_by("family_name", "given_name", "pk")[:SHOWN]


def _mergers(person: Person) -> QuerySet[Merger]:
    mine = Merger.objects.filter(Q(kept=person) | Q(gone=person))
    return mine.select_related("kept", "gone", "merged_by", "undone_by")
