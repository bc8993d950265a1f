"""The office's view of places, listings and enquiries; nothing here changes a listing."""

from django.contrib import admin
from django.http import HttpRequest

from directory.models import Area, Enquiry, Listing


class LookOnly(admin.ModelAdmin):
    """Rows that the office may look at: members write listings, purchasers write enquiries."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    """Names can be put right; codes and where an area lies are fixed."""

    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name",)
    readonly_fields = ("code", "kind", "parent")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Listing)
class ListingAdmin(LookOnly):
    list_display = ("public_name", "is_opted_in", "taking_cases", "base", "edited_at")
    list_filter = ("taking_cases",)
    list_select_related = ("base",)
    search_fields = ("public_name",)

    @admin.display(boolean=True, description="opted in")
    def is_opted_in(self, listing: Listing) -> bool:
        return listing.is_opted_in


@admin.register(Enquiry)
class EnquiryAdmin(LookOnly):
    """Whoever may view enquiries sees that somebody wrote; what, needs its own permission."""

    list_display = ("sent_at", "listing_name", "organisation")
    list_select_related = ("listing",)
    date_hierarchy = "sent_at"

    @admin.display(description="to")
    def listing_name(self, enquiry: Enquiry) -> str:
        return enquiry.listing.public_name

    def get_fields(self, request: HttpRequest, obj: Enquiry | None = None) -> tuple[str, ...]:
        seen = ("sent_at", "listing", "organisation")
        if request.user.has_perm("directory.read_enquiry"):
            return (*seen, "name", "email", "phone", "message")
        return seen
