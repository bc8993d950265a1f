"""The pages on which a register is shared: who is named, who joins, who leaves."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation import limits
from membership import accounts
from records import accepting, handing_over, naming, register_events
from records.choosing import chosen
from records.forms_register import NameForm
from records.models import NamedMember, Register

TRIES, AN_HOUR = 10, 3600
End = NamedMember.End


@never_cache
def sharing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who shares a register; its owner names and removes, a named member may leave."""
    choice = chosen(request, key)
    register = choice.needed()
    form = NameForm(request.POST if request.method == "POST" and choice.is_owner else None)
    if form.is_valid() and _may_try(request, form) and _named(request, register, form):
        return redirect("records:sharing", key=key)
    named = register.named.filter(ended_at=None).exclude(person=register.owner)
    offer = register.offers.filter(settled_at=None).select_related("person").first()
    context = {
        "choice": choice,
        "register": register,
        "form": form,
        "named": named.select_related("person").order_by("accepted_at", "asked_at", "pk"),
        "offer": offer,
        "answer_by": handing_over.answer_by(offer) if offer else None,
        "accepted": register.acceptances.order_by("-accepted_at", "pk").first(),
        "events": register_events.of(register),
    }
    return render(request, "records/sharing.html", context)


@never_cache
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take an invitation back, remove a member, or leave: asked once more, then done."""
    person = accounts.of_request(request)
    named = get_object_or_404(
        NamedMember.objects.select_related("register__owner", "person"), key=key, ended_at=None
    )
    is_owner, is_theirs = named.register.owner_id == person.pk, named.person_id == person.pk
    if not (is_owner or (is_theirs and named.accepted_at)):
        raise Http404("There is no such invitation.")
    if request.method != "POST":
        return render(request, "records/end_naming.html", {"named": named, "is_theirs": is_theirs})
    how = End.LEFT if is_theirs else End.REMOVED if named.accepted_at else End.WITHDRAWN
    naming.end(named_id=named.pk, how=how, by=accounts.login_of(request), at=timezone.now())
    if is_theirs:
        messages.success(request, "You no longer share this register.")
        return redirect("records:register")
    messages.success(request, "They no longer share this register.")
    return redirect("records:sharing", key=named.register.key)


@never_cache
def invitation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Join a register, or decline."""
    person = accounts.of_request(request)
    invited = NamedMember.objects.select_related("register__owner")
    named = get_object_or_404(invited, key=key, person=person)
    form = accepting.form_of(request, is_open=named.ended_at is None)
    if accepting.accepted(request, form, partial(naming.accept, named_id=named.pk)):
        messages.success(request, "You share this register now.")
        return redirect("records:one_register", key=named.register.key)
    context = {"named": named, "register": named.register, **accepting.shown(form)}
    return render(request, "records/invitation.html", context)


@never_cache
@require_POST
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say no to an invitation."""
    person = accounts.of_request(request)
    named = get_object_or_404(NamedMember, key=key, person=person, accepted_at=None)
    naming.end(
        named_id=named.pk, how=End.DECLINED, by=accounts.login_of(request), at=timezone.now()
    )
    messages.success(request, "You have declined. Nothing of yours is shown to its owner.")
    return redirect("records:register")


def _named(request: HttpRequest, register: Register, form: NameForm) -> bool:
    """Whether somebody was named; the form says why not."""
    by = accounts.login_of(request)
    try:
        naming.name(register=register, **form.cleaned_data, by=by, at=timezone.now())
    except naming.CannotName as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "We have written to them. They see nothing until they join.")
    return True


def _may_try(request: HttpRequest, form: NameForm) -> bool:
    """Numbers are short: whoever guesses them is stopped after some tries."""
    user = accounts.login_of(request)
    if limits.allow(action="name-member", key=str(user.pk), times=TRIES, seconds=AN_HOUR):
        return True
    form.add_error(None, "That was tried too often. Wait an hour, and try again.")
    return False
