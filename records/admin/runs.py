"""What the office sees of client records: counts, and that the schedule runs; never a record."""

from django.contrib import admin

from foundation.read_only import ReadOnlyAdmin
from records.models import ScheduleRun


@admin.register(ScheduleRun)
class ScheduleRunAdmin(ReadOnlyAdmin):
    """The nightly runs in counts; one without an end was cut short and taken up by the next."""

    list_display = ("judged_on", "started_at", "finished_at", "due_for_review", "reviews_queued")
    fieldsets = (
        (None, {"fields": ("judged_on", "started_at", "finished_at")}),
        (
            "What it found and did",
            {
                "fields": (
                    "dated_anew",
                    "judged_again",
                    "due_for_review",
                    "kept_without_end",
                    "reviews_queued",
                    "reviews_closed",
                )
            },
        ),
        (
            "What it left alone, and why",
            {"fields": ("queued_before", "put_off", "on_hold", "facts_missing", "to_correct")},
        ),
    )
    date_hierarchy = "judged_on"
