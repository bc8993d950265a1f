"""The office's page of the scheduled jobs: when each last ended."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from foundation.models import SweepRun


@admin.register(SweepRun)
class SweepRunAdmin(admin.ModelAdmin):
    """To be read only: the jobs write it themselves."""

    list_display = ("name", "finished_at", "failed_at")
    fields = readonly_fields = ("name", "first_at", "finished_at", "failed_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
