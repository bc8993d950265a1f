"""The records of a register: its owner and the members they named see them, nobody else."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from foundation import history
from membership import accounts
from membership.models import User
from records import register as actions
from records import terms, versions
from records.answers import answer, fact_rows
from records.choosing import chosen
from records.forms import HoldForm, KeepLongerForm, RecordForm, ResolveForm
from records.models import ClientRecord
from records.reckoning import facts_of

EVENTS = 50


@never_cache
@sensitive_post_parameters()
def add(request: HttpRequest, key: uuid.UUID | None = None) -> HttpResponse:
    """Put a record into a register; without one, or with new terms, those come first."""
    register = chosen(request, key).register
    if register is None:
        return redirect("records:terms")
    if not terms.are_accepted(register):
        return redirect("records:terms_of", key=register.key)
    form = RecordForm(_posted(request), on=timezone.localdate())
    if form.is_valid():
        try:
            record = actions.add(
                register=register,
                facts=form.columns(),
                by=_user(request),
                at=timezone.now(),
            )
        except actions.ReferenceTaken as taken:
            form.add_error("reference", str(taken))
        except actions.RegisterEnds as ends:
            form.add_error(None, str(ends))
        else:
            return _back_to(record, request, "The record is in your register.")
    return render(request, "records/add.html", {"form": form, "register": register})


@never_cache
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One record: how long, why, what holds it, what happened to it."""
    mine = _mine(request, key)
    today = timezone.localdate()
    rules = versions.in_force(on=today)
    holds = list(mine.holds.order_by("-opened_on", "pk"))
    context = {
        "record": mine,
        "holds": holds,
        "answer": answer(facts_of(mine, holds), rules=rules, on=today),
        "rows": fact_rows(mine),
        "review": mine.reviews.filter(settled_at=None).first(),
        "events": history.of(mine.history_key)[:EVENTS],
    }
    return render(request, "records/record.html", context)


@never_cache
@sensitive_post_parameters()
def change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct the facts of a record."""
    mine = _mine(request, key)
    form = RecordForm(
        _posted(request), on=timezone.localdate(), initial=RecordForm.initial_of(mine)
    )
    if form.is_valid():
        try:
            actions.change(
                record_id=mine.pk, facts=form.columns(), by=_user(request), at=timezone.now()
            )
        except actions.ReferenceTaken as taken:
            form.add_error("reference", str(taken))
        else:
            return _back_to(mine, request, "The record is changed, and its date worked out anew.")
    return render(request, "records/change.html", {"form": form, "record": mine})


@never_cache
def add_hold(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a record while something is open."""
    mine = _mine(request, key)
    form = HoldForm(_posted(request), on=timezone.localdate())
    if form.is_valid():
        actions.open_hold(
            record_id=mine.pk, **form.cleaned_data, by=_user(request), at=timezone.now()
        )
        return _back_to(mine, request, "The record is on hold. Nothing of it may be destroyed.")
    return render(request, "records/add_hold.html", {"form": form, "record": mine})


@never_cache
def resolve_hold(request: HttpRequest, key: uuid.UUID, hold_id: int) -> HttpResponse:
    """End a hold."""
    mine = _mine(request, key)
    hold = get_object_or_404(mine.holds, pk=hold_id)
    form = ResolveForm(_posted(request), on=timezone.localdate(), hold=hold)
    if form.is_valid():
        try:
            actions.resolve_hold(
                hold_id=hold.pk, **form.cleaned_data, by=_user(request), at=timezone.now()
            )
        except actions.HoldIsResolved as resolved:
            form.add_error(None, str(resolved))
        else:
            return _back_to(mine, request, "The hold is resolved.")
    context = {"form": form, "record": mine, "hold": hold}
    return render(request, "records/resolve_hold.html", context)


@never_cache
def keep_longer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a record that is due off to a later day, with a reason."""
    mine = _mine(request, key)
    form = KeepLongerForm(_posted(request), on=timezone.localdate(), record=mine)
    if form.is_valid():
        try:
            actions.keep_longer(
                record_id=mine.pk, **form.cleaned_data, by=_user(request), at=timezone.now()
            )
        except actions.DayNotAllowed as not_allowed:
            form.add_error("until", str(not_allowed))
        except actions.NothingToReview as nothing:
            form.add_error(None, str(nothing))
        else:
            return _back_to(mine, request, "The record is kept longer.")
    return render(request, "records/keep_longer.html", {"form": form, "record": mine})


def _mine(request: HttpRequest, key: uuid.UUID) -> ClientRecord:
    """The signed-in person's record; somebody else's is not there."""
    return get_object_or_404(
        ClientRecord.objects.of(accounts.of_request(request)).select_related("register__owner"),
        key=key,
    )


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back_to(record: ClientRecord, request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("records:record", key=record.key)
