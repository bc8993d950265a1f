"""Registers as the office sees them: whose, how many records, and which has nobody left."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from foundation.own_pages import OwnPage, OwnPages
from foundation.read_only import ReadOnlyAdmin
from membership.admin.pages import require
from records import handing_over, naming, office_release
from records.forms_register import NameForm
from records.models import Register

OFFER = "records.offer_register"


class OfferForm(NameForm):
    """To whom a register is offered that has nobody, and who asked for it."""

    reason = forms.CharField(
        label="Why them?",
        max_length=200,
        help_text="For example: letter of the firm of 3 May 2027. It is written into the history.",
        error_messages={"required": "Say why the register is offered to them."},
    )


@admin.register(Register)
class RegisterAdmin(OwnPages, ReadOnlyAdmin):
    """In counts: never a record, never what is in one."""

    list_display = ("whose", "state", "leaving_since", "records", "shared_with", "offering")
    list_filter = ("state", "leaving_because")
    list_select_related = ("owner",)
    fields = ("owner", "state", "opened_at", "leaving_since", "leaving_because", "closed_at")
    readonly_fields = fields
    ordering = ("-leaving_since", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(count=Count("records"))
        return rows.prefetch_related("named", "offers", "releases")

    @admin.display(description="register")
    def whose(self, one: Register) -> str:
        return f"Register of {one.owner}"

    @admin.display(description="records")
    def records(self, one: Any) -> int:
        return int(one.count)

    @admin.display(description="shared with")
    def shared_with(self, one: Register) -> int:
        return sum(1 for named in one.named.all() if named.accepted_at and not named.ended_at)

    @admin.display(description="next owner")
    def offering(self, one: Register) -> str:
        if any(offer.settled_at is None for offer in one.offers.all()):
            return "Offered to a member"
        if one.state != Register.State.LEAVING:
            return ""
        offer = reverse("admin:records_offer_register", args=[one.pk])
        if one.leaving_because != Register.Leaving.DIED:
            return format_html('<a href="{}">Offer to a member</a>', offer)
        return format_html(
            '<a href="{}">Offer to a member</a> or <a href="{}">hand out and close</a>{}',
            offer,
            reverse("admin:records_release_register", args=[one.pk]),
            _how_far(one),
        )

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/offer/", offer, "records_offer_register"),
            ("<int:pk>/release/", office_release.release, "records_release_register"),
        )


def _how_far(one: Register) -> str:
    """What handing a register out waits for, where it is under way."""
    for release in one.releases.all():
        if release.ended_at is None and release.agreed_at is None:
            return ": a colleague has to agree"
        if release.ended_at is None:
            return ": to be closed" if release.taken_at else ": not taken yet"
    return ""


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a register whose owner has left to a member of the firm; the office opens none."""
    user = require(request, OFFER)
    register = get_object_or_404(Register.objects.select_related("owner"), pk=pk)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            handing_over.offer_for_the_office(
                register_id=pk, **form.cleaned_data, by=user, at=timezone.now()
            )
        except (handing_over.CannotOffer, naming.CannotName) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is offered to them. They have two weeks to answer.")
            return redirect("admin:records_register_changelist")
    context = {
        **admin.site.each_context(request),
        "title": f"Offer the register of {register.owner} to a member",
        "register": register,
        "records": register.records.count(),
        "form": form,
    }
    return render(request, "admin/records/register/offer.html", context)
