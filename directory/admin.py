"""The office's view of places, listings and enquiries; nothing here changes a listing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from directory.demand import HEIGHT, demand
from directory.enquiries import letter_keys
from directory.models import Area, Enquiry, Listing, Unmet
from directory.vocabulary import vocabulary
from foundation.models import Letter
from foundation.own_pages import OwnPages
from foundation.read_only import ReadOnlyAdmin


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """Names can be put right; codes and where an area lies are fixed."""

    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name",)
    search_help_text = "The name of an area."
    readonly_fields = ("code", "kind", "parent")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Area, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        vocabulary.forget()


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("public_name", "is_opted_in", "taking_cases", "base", "edited_at")
    list_filter = ("taking_cases",)
    list_select_related = ("base",)
    search_fields = ("public_name",)
    search_help_text = "The name that the public sees."

    @admin.display(boolean=True, description="opted in")
    def is_opted_in(self, listing: Listing) -> bool:
        return listing.is_opted_in


class SpamFilter(admin.SimpleListFilter):
    title = "reported as spam"
    parameter_name = "spam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("yes", "no"):
            return queryset.filter(spam_reported_at__isnull=self.value() == "no")
        return queryset


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    """Whoever may view enquiries sees that somebody wrote; what, needs its own permission."""

    list_display = ("sent_at", "listing_name", "organisation", "state", "spam_reported_at")
    list_filter = (SpamFilter,)
    list_select_related = ("listing",)
    date_hierarchy = "sent_at"

    @admin.display(description="to")
    def listing_name(self, enquiry: Enquiry) -> str:
        return enquiry.listing.public_name

    @admin.display(description="state")
    def state(self, enquiry: Enquiry) -> str:
        if enquiry.answered_at:
            return "answered"
        if enquiry.others_named_at:
            return "no answer, others named"
        return "no answer, reminded" if enquiry.nudged_at else "waits for an answer"

    @admin.display(description="delivery")
    def delivery(self, enquiry: Enquiry) -> str:
        """What became of each letter, read off the letters themselves."""
        found = Letter.objects.filter(key__in=letter_keys(enquiry)).order_by("queued_at", "pk")
        return "; ".join(f"{letter.kind}: {_fate(letter)}" for letter in found)

    def get_fields(self, request: HttpRequest, obj: Enquiry | None = None) -> tuple[str, ...]:
        seen = ("sent_at", "listing", "organisation", "state", "delivery", "spam_reported_at")
        if request.user.has_perm("directory.read_enquiry"):
            return (*seen, "name", "email", "phone", "message")
        return seen


@admin.register(Unmet)
class UnmetAdmin(OwnPages, ReadOnlyAdmin):
    """What purchasers looked for in vain, as a picture for the board."""

    list_display = ("month", "area", "expertise", "times")
    date_hierarchy = "month"

    def beside_list(self, request: HttpRequest) -> dict[str, Any]:
        bars = demand(vocabulary(), on=timezone.localdate())
        return {"bars": bars, "height": HEIGHT * len(bars)}


def _fate(letter: Letter) -> str:
    if letter.sent_at:
        return f"sent {timezone.localtime(letter.sent_at):%-d %B %Y, %H:%M}"
    return "refused by the mail server" if letter.refused_at else "waits to be sent"
