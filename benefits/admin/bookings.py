"""The office's list of bookings, the page that cancels one, and the money to send back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from benefits import cancelling
from benefits.admin.pages import page, taken
from benefits.cancelling import Decision
from benefits.models import Booking
from foundation.fields import PoundsField
from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import decimal_string, pounds
from foundation.read_only import ReadOnlyAdmin
from membership.admin.forms import OfficeForm
from membership.admin.pages import posted, require
from payments import given_back

CANCEL = "benefits.cancel_booking"
SEE_MONEY = "payments.view_account"


class CancelForm(OfficeForm):
    """What goes back, and why; the sum of the terms is there already."""

    refund = PoundsField(
        label="Refund, in pounds",
        min_pence=0,
        help_text="What the terms say stands here. You may give back more.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="They read it in our letter; it is kept with your name.",
        error_messages={
            "required": "Write down why: they read it in our letter.",
            "max_length": "Write it shorter, in 200 characters at most.",
        },
    )


@admin.register(Booking)
class BookingAdmin(OwnPages, ReadOnlyAdmin):
    """Rows that only the room's own steps write: to be looked at, and cancelled by a page."""

    list_display = ("person", "event", "state", "price_in_pounds", "is_paid", "attended")
    list_filter = ("state", "event")
    list_select_related = ("person", "event", "invoice")
    search_fields = ("person__family_name", "person__email", "event__title")
    search_help_text = "A family name, an e-mail address or the title of an event."
    ordering = ("-event__starts_at", "asked_at", "pk")
    fields = (
        *("event", "person", "state", "place_number", "price", "price_in_pounds", "why"),
        *("difference", "invoice", "difference_invoice", "dietary_needs", "access_needs"),
        *("asked_at", "held_until", "told_at", "reminded_at", "judged_at", "ended_at"),
        *("ended_by", "refund", "refund_reason", "attended", "attendance_at", "attendance_by"),
    )
    readonly_fields = ("price_in_pounds", "difference", "refund")
    change_form_template = "admin/benefits/booking/change_form.html"

    @admin.display(description="price", ordering="pence")
    def price_in_pounds(self, booking: Booking) -> str:
        return pounds(booking.pence)

    @admin.display(description="between the two prices")
    def difference(self, booking: Booking) -> str:
        return pounds(booking.difference_pence)

    @admin.display(description="given back")
    def refund(self, booking: Booking) -> str:
        return "Nothing" if not booking.refund_pence else pounds(booking.refund_pence)

    @admin.display(description="paid", boolean=True)
    def is_paid(self, booking: Booking) -> bool:
        return booking.is_confirmed

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {"may_cancel": request.user.has_perm(CANCEL)}

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/cancel/", cancel, "benefits_booking_cancel"),
            ("to-send-back/", to_send_back, "benefits_to_send_back"),
        )


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel for somebody; the office may always do better than the terms, with a reason."""
    by = require(request, CANCEL)
    booking = get_object_or_404(Booking.objects.whole(), pk=pk)
    terms = cancelling.by_terms(booking, at=timezone.now())
    form = CancelForm(posted(request), initial={"refund": decimal_string(terms.pence)})
    if request.method == "POST" and form.is_valid():
        decision = Decision(form.cleaned_data["refund"], form.cleaned_data["reason"])
        taken(
            request,
            lambda: cancelling.by_office(pk, decision, by=by, at=timezone.now()),
            done=f"Cancelled. {booking.reader} is written to; the place is free again.",
        )
        return redirect("admin:benefits_booking_change", pk)
    return page(
        request,
        "booking/cancel",
        title=f"Cancel the booking of {booking.reader}?",
        booking=booking,
        terms=terms,
        paid=pounds(cancelling.paid_pence_of(booking)),
        form=form,
    )


@require_safe
def to_send_back(request: HttpRequest) -> HttpResponse:
    """Money for places that are gone, or above what an event asks for: each leads to its payer."""
    require(request, SEE_MONEY)
    found = given_back.to_send_back().select_related("account__person")
    return page(request, "booking/to_send_back", title="Money of events to send back", rows=found)
