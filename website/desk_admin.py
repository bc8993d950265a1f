"""What complaints and requests about data share in the admin: read here, with their log."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from foundation import history
from foundation.read_only import ReadOnlyAdmin


class StandFilter(admin.SimpleListFilter):
    """Open ones first: they are what somebody comes for."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "To be answered"), ("closed", "Answered")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("open", "closed"):
            return queryset.filter(closed_at__isnull=self.value() == "open")
        return queryset


class DeskAdmin(ReadOnlyAdmin):
    """What is due first; its steps are pages of their own, and each is in its log."""

    ordering = ("closed_at", "due_on", "pk")

    @admin.display(description="log")
    def log(self, case: Any) -> str:
        lines = [
            f"{event.at:%d %b %Y %H:%M}  {event.verb}  {event.text}".strip()
            for event in history.of(case.history_key)
        ]
        return "\n".join(lines)
