"""What the office sees of client records: counts, and that the schedule runs; never a record."""

from django.contrib import admin
from django.http import HttpRequest

from records.models import ScheduleRun


@admin.register(ScheduleRun)
class ScheduleRunAdmin(admin.ModelAdmin):
    """The nightly runs in counts; one without an end was cut short and taken up by the next."""

    list_display = (
        "judged_on",
        "started_at",
        "finished_at",
        "records",
        "due_for_review",
        "kept_without_end",
        "on_hold",
        "reviews_queued",
        "letters",
    )
    date_hierarchy = "judged_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ScheduleRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ScheduleRun | None = None) -> bool:
        return False
