"""The words that the office keeps: areas of expertise."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from membership.models import ExpertiseArea


@admin.register(ExpertiseArea)
class ExpertiseAreaAdmin(admin.ModelAdmin):
    list_display = ("label", "is_clinical", "client_group", "is_offered")
    list_filter = ("client_group", "is_offered")
    search_fields = ("label", "code")
    search_help_text = "Words of the area."
    readonly_fields = ("is_clinical",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code of an area stands in other rows, so it is chosen once."""
        return ("code", "is_clinical") if obj else ("is_clinical",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
