"""The pages on which a register is offered, taken over or declined, and closed."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from membership import accounts
from records import accepting, closing, handing_over, naming
from records.choosing import chosen
from records.forms_register import CloseForm
from records.models import HandoverOffer, Register


@never_cache
def offer(request: HttpRequest, key: uuid.UUID, named_key: uuid.UUID) -> HttpResponse:
    """Offer one's register to a member who shares it: asked once more, then done."""
    register = chosen(request, key).owned()
    named = get_object_or_404(register.named.in_force().select_related("person"), key=named_key)
    if request.method != "POST":
        return render(request, "records/offer.html", {"named": named, "register": register})
    try:
        handing_over.offer(
            register_id=register.pk,
            to=named.person,
            by=accounts.login_of(request),
            at=timezone.now(),
        )
    except handing_over.CannotOffer as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is offered. It stays yours until they accept.")
    return redirect("records:sharing", key=register.key)


@never_cache
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take the open offer of one's register back."""
    register = chosen(request, key).owned()
    for made in register.offers.filter(settled_at=None, by_portal=False):
        handing_over.withdraw(offer_id=made.pk, by=accounts.login_of(request), at=timezone.now())
        messages.success(request, "The offer is taken back.")
    return redirect("records:sharing", key=register.key)


@never_cache
def offered(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a register over that is offered to the signed-in person."""
    made = _offer_to(request, key)
    form = accepting.form_of(request, is_open=made.settled_at is None)
    if accepting.accepted(request, form, partial(handing_over.accept, offer_id=made.pk)):
        messages.success(request, "The register is yours now.")
        return redirect("records:one_register", key=made.register.key)
    context = {
        "offer": made,
        "register": made.register,
        "records": made.register.records.count(),
        "answer_by": handing_over.answer_by(made),
        **accepting.shown(form),
    }
    return render(request, "records/offered.html", context)


@never_cache
@require_POST
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say no to a register that is offered."""
    made = _offer_to(request, key)
    try:
        handing_over.decline(offer_id=made.pk, by=accounts.login_of(request), at=timezone.now())
    except naming.NoLongerOpen as over:
        messages.error(request, str(over))
    else:
        messages.success(request, "You have declined. You share the register as before.")
    return redirect("records:register")


@never_cache
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close one's register: what has to come first, and then the last word."""
    register = chosen(request, key).owned()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _closed(request, register, form):
        return redirect("records:register")
    held = register.records.filter(holds__resolved_on=None, holds__isnull=False).distinct()
    context = {
        "register": register,
        "form": form,
        "obstacle": closing.obstacle(register),
        "records": register.records.count(),
        "held": held.count(),
    }
    return render(request, "records/close.html", context)


def _closed(request: HttpRequest, register: Register, form: CloseForm) -> bool:
    """Whether it was closed; the form says why not."""
    by, counted = accounts.login_of(request), form.cleaned_data["counted"]
    try:
        closing.close(register_id=register.pk, counted=counted, by=by, at=timezone.now())
    except closing.CannotClose as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "The register is closed. Keep the file you took out.")
    return True


def _offer_to(request: HttpRequest, key: uuid.UUID) -> HandoverOffer:
    offers = HandoverOffer.objects.select_related("register__owner")
    return get_object_or_404(offers, key=key, person=accounts.of_request(request))
