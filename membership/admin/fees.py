"""Fee rates, the fees that were fixed, and memberships."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from foundation.pence import PoundsField, pounds
from membership.models import FeeDue, FeeRate, Membership


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the lifecycle writes: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FeeRate)
class FeeRateAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """What each type costs from a day on; fees fixed before keep their sum."""

    list_display = ("type", "amount", "valid_from", "note")
    list_filter = ("type",)

    @admin.display(description="a year", ordering="pence")
    def amount(self, rate: FeeRate) -> str:
        return pounds(rate.pence)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "pence":
            return PoundsField(label="Fee a year in pounds", min_pence=0)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FeeDue)
class FeeDueAdmin(ReadOnlyAdmin):
    list_display = ("person", "type", "amount", "fixed_at", "settled_on", "starts_on", "ends_on")
    list_filter = ("type", "purpose")
    list_select_related = ("person",)
    search_fields = ("person__family_name", "person__email")

    @admin.display(description="fee", ordering="pence")
    def amount(self, fee: FeeDue) -> str:
        return pounds(fee.pence)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("written_number", "person", "joined_on", "suspended_at", "resigned_on")
    list_select_related = ("person",)
    search_fields = ("number", "person__family_name", "person__email")
