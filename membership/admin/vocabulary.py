"""The words and figures that the office keeps: areas of expertise, eligibility rules."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from membership.models import EligibilityRules, ExpertiseArea


@admin.register(ExpertiseArea)
class ExpertiseAreaAdmin(admin.ModelAdmin):
    list_display = ("label", "is_clinical", "client_group", "is_offered")
    list_filter = ("client_group", "is_offered")
    search_fields = ("label", "code")
    readonly_fields = ("is_clinical",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code of an area stands in other rows, so it is chosen once."""
        return ("code", "is_clinical") if obj else ("is_clinical",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(EligibilityRules)
class EligibilityRulesAdmin(admin.ModelAdmin):
    """Versions are added, not changed: past decisions name the version they were made under."""

    list_display = ("version", "effective_from", "months_required", "hours_required")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
