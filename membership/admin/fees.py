"""Fee rates, the fees that were fixed, and memberships."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from foundation.fields import PoundsField
from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from membership import desk
from membership.admin import member_register, money, standing
from membership.models import Application, FeeDue, FeeRate, Membership

MISSING = {
    "type": "Choose the type of membership that the fee is for.",
    "valid_from": "Enter the day from which the fee counts, for example 01/01/2027.",
}


@admin.register(FeeRate)
class FeeRateAdmin(OwnPages, SimpleHistoryAdmin):  # type: ignore[misc]
    """What each type costs from a day on; fees fixed before keep their sum."""

    list_display = ("type", "amount", "valid_from", "note")
    list_filter = ("type",)
    change_list_template = "admin/membership/feerate/change_list.html"

    @admin.display(description="a year", ordering="pence")
    def amount(self, rate: FeeRate) -> str:
        return pounds(rate.pence)

    def beside_list(self, request: HttpRequest) -> dict[str, Any]:
        return {"types_without_fee": desk.types_without_fee(timezone.localdate())}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "pence":
            return PoundsField(label="Fee a year in pounds", min_pence=0)
        missing = MISSING.get(db_field.name)
        if missing:
            kwargs["error_messages"] = {"required": missing}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A fee counts from today, unless somebody says otherwise."""
        told: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"valid_from": timezone.localdate(), **told}

    def log_addition(self, request: HttpRequest, obj: FeeRate, message: Any) -> Any:
        """What waited for the fee is one press away."""
        waiting = Application.objects.awaiting_decision().filter(type=obj.type)
        if obj.valid_from <= timezone.localdate() and (how_many := waiting.count()):
            messages.info(request, _waited_for_it(obj, how_many))
        return super().log_addition(request, obj, message)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _waited_for_it(rate: FeeRate, how_many: int) -> str:
    wait = "1 application waits" if how_many == 1 else f"{how_many:,} applications wait"
    listed = f"{reverse('admin:membership_application_changelist')}?type={rate.type}"
    words = f"{wait} for a decision on {rate.get_type_display()} membership"
    return format_html('<a href="{}">{}</a>.', listed, words)


@admin.register(FeeDue)
class FeeDueAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("person", "type", "amount", "fixed_at", "settled_on", "starts_on", "ends_on")
    list_filter = ("type", "purpose")
    list_select_related = ("person",)
    search_fields = ("person__family_name", "person__email")
    search_help_text = "A family name or an e-mail address."
    fields = (
        *("person", "application", "purpose", "type", "amount", "reckoning", "fixed_at"),
        *("settled_on", "starts_on", "ends_on", "waived_at", "waived_by", "waiver_reason"),
        *("cancelled_at", "pay_pressed_at"),
    )
    readonly_fields = ("amount",)
    change_form_template = "admin/membership/feedue/change_form.html"

    @admin.display(description="fee", ordering="pence")
    def amount(self, fee: FeeDue) -> str:
        return pounds(fee.pence)

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {"may_waive": request.user.has_perm(standing.WAIVE)}

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/waive/", standing.waive, "feedue_waive"),
            ("money-known/", money.money_known, "membership_money_known"),
        )


@admin.register(Membership)
class MembershipAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("member_number", "person", "joined_on", "suspended_at", "resigned_on")
    fields = (
        *("person", "member_number", "joined_on", "suspended_at", "suspended_by"),
        *("suspension_reason", "resigned_on", "lapse_written_for", "qualified_told_on"),
    )
    readonly_fields = ("member_number",)
    list_select_related = ("person",)
    search_fields = ("number", "person__family_name", "person__email")
    search_help_text = "A member number, a family name or an e-mail address."
    change_list_template = "admin/membership/membership/change_list.html"
    change_form_template = "admin/membership/membership/change_form.html"

    @admin.display(ordering="number")
    def member_number(self, membership: Membership) -> str:
        return membership.written_number

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {"may_suspend": request.user.has_perm(standing.SUSPEND)}

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/suspend/", standing.suspend, "membership_suspend"),
            ("<int:pk>/end-suspension/", standing.end_suspension, "membership_end_suspension"),
            ("<int:pk>/resign/", standing.resign, "membership_resign"),
            ("register/", member_register.export, "membership_export"),
        )
