"""What the office types of an event, and what is wrong with it before it is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from benefits.models import Event
from foundation.fields import PoundsField

# These words stand where an event's own name would stand in an address.
RESERVED = frozenset({"booking", "calendar", "certificates", "mine"})


class EventForm(forms.ModelForm):
    """Prices in pounds; nothing that would take away what somebody booked."""

    member_pence = PoundsField(label="Price for members, in pounds", min_pence=0)
    other_pence = PoundsField(label="Price for everybody else, in pounds", min_pence=0)

    class Meta:
        model = Event
        fields = (
            "kind",
            "title",
            "slug",
            "summary",
            "text",
            "starts_at",
            "ends_at",
            "place",
            "online_link",
            "places",
            "member_pence",
            "other_pence",
            "booking_opens_at",
            "booking_closes_at",
            "cpd_minutes",
            "full_refund_days",
            "half_refund_days",
        )
        widgets = {
            "title": forms.TextInput(attrs={"size": 70}),
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 90}),
            "place": forms.TextInput(attrs={"size": 70}),
            "online_link": forms.TextInput(attrs={"size": 70}),
            "text": forms.Textarea(attrs={"rows": 16, "cols": 90, "spellcheck": "true"}),
        }

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise ValidationError("This word has another use here. Choose another one.")
        return slug

    def clean_places(self) -> int | None:
        """Never fewer than are held: nobody loses a place by a slip of the office."""
        wanted: int | None = self.cleaned_data["places"]
        held = self.instance.bookings.holding() if self.instance.pk else None
        highest = held.order_by("-place_number").first() if held is not None else None
        if wanted is not None and highest is not None and wanted < (highest.place_number or 0):
            raise ValidationError(
                f"Place number {highest.place_number} is held already: allow that many, or cancel "
                "bookings first."
            )
        return wanted

    def clean(self) -> dict[str, Any] | None:
        typed = super().clean() or self.cleaned_data
        self._refuse_wrong_order(typed)
        if _is_more(typed.get("member_pence"), typed.get("other_pence")):
            self.add_error("member_pence", "Members never pay more than everybody else.")
        if _is_more(typed.get("half_refund_days"), typed.get("full_refund_days")):
            self.add_error(
                "half_refund_days", "Half is refunded for longer than all: enter fewer days here."
            )
        return typed

    def _refuse_wrong_order(self, typed: dict[str, Any]) -> None:
        starts, ends = typed.get("starts_at"), typed.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It ends before it starts. Check the date and the time.")
        opens, closes = typed.get("booking_opens_at"), typed.get("booking_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("booking_closes_at", "Booking closes before it opens.")
        if starts and closes and closes > starts:
            self.add_error("booking_closes_at", "Booking closes when the event starts, or before.")
        is_new = starts and starts != self.instance.starts_at
        if starts and is_new and self.instance.judged_at is not None and starts > timezone.now():
            self.add_error("starts_at", "This event is over. Make a new one for another date.")


def _is_more(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other
