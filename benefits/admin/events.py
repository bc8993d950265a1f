"""The office's pages for events: written, previewed, published, cancelled, attended."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from simple_history.admin import SimpleHistoryAdmin

from benefits import cancelling, event_cards, events
from benefits.admin import attending
from benefits.admin.event_form import EventForm
from benefits.admin.pages import page, taken
from benefits.models import Event
from foundation.own_pages import OwnPage, OwnPages
from membership.admin.forms import ReasonForm
from membership.admin.pages import posted, require

SEE = "benefits.view_event"
PUBLISH = "benefits.publish_event"


@admin.register(Event)
class EventAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    """What an event says; steps that others feel are pages of their own."""

    form = EventForm
    list_display = ("title", "kind", "starts_at", "state", "places_taken", "on_waiting_list")
    list_filter = ("state", "kind")
    search_fields = ("title",)
    search_help_text = "Words of the title."
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("kind", "title", "slug", "summary", "text")}),
        ("When and where", {"fields": ("starts_at", "ends_at", "place", "online_link")}),
        ("Places and prices", {"fields": ("places", "member_pence", "other_pence")}),
        (
            "Booking and cancelling",
            {
                "fields": (
                    *("booking_opens_at", "booking_closes_at"),
                    *("full_refund_days", "half_refund_days"),
                )
            },
        ),
        ("Certificate", {"fields": ("cpd_minutes",)}),
    )
    change_form_template = "admin/benefits/event/change_form.html"
    actions = None
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.counted().order_by("-starts_at", "-pk")

    @admin.display(description="places")
    def places_taken(self, event: Any) -> str:
        return f"{event.taken} of {event.places or 'any number'}"

    @admin.display(description="waiting list")
    def on_waiting_list(self, event: Any) -> int:
        return int(event.waiting)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft may go; what was out is cancelled instead, and kept."""
        is_draft = obj is None or obj.state == Event.State.DRAFT
        return is_draft and bool(super().has_delete_permission(request, obj))

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Event, form: EventForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and (told := events.tell_of_change(obj, form.changed_data, at=timezone.now())):
            messages.info(request, f"{told} who booked are written to about the change.")

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {
            "may_publish": request.user.has_perm(PUBLISH),
            "now": timezone.now(),
            "may_mark": request.user.has_perm(attending.MARK),
            "may_export": request.user.has_perm(attending.EXPORT),
        }

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/preview/", preview, "benefits_event_preview"),
            ("<int:pk>/publish/", publish, "benefits_event_publish"),
            ("<int:pk>/call-off/", call_off, "benefits_event_call_off"),
            ("<int:pk>/attendance/", attending.attendance, "benefits_event_attendance"),
            ("<int:pk>/attendance/mark/", attending.mark, "benefits_event_mark"),
            ("<int:pk>/attendees/", attending.attendees, "benefits_event_attendees"),
        )


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """An event as everybody would see it."""
    require(request, SEE)
    event = get_object_or_404(Event.objects.counted(), pk=pk)
    context = {"page": event_cards.page(event, at=timezone.now()), "own": None, "price": None}
    return render(request, "benefits/events/event.html", context)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, PUBLISH)
    event = get_object_or_404(Event, pk=pk)
    done = f"“{event.title}” is out: everybody can see and book it."
    taken(request, lambda: events.publish(pk, at=timezone.now()), done=done)
    return redirect("admin:benefits_event_change", pk)


def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an event for everybody, with a reason that they read."""
    by = require(request, PUBLISH)
    event = get_object_or_404(Event.objects.counted(), pk=pk)
    form = ReasonForm(
        posted(request),
        label="Why is it cancelled?",
        help_text="Everybody who booked reads these words in a letter, and on the event’s page.",
    )
    form.fields["reason"].widget.attrs["maxlength"] = 300
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"].strip()[:300]
        taken(
            request,
            lambda: cancelling.call_off(pk, reason=reason, by=by, at=timezone.now()),
            done="Cancelled. Everybody is written to, and gets back all that they paid.",
        )
        return redirect("admin:benefits_event_change", pk)
    return page(request, "event/call_off", title=f"Cancel “{event.title}”?", event=event, form=form)
