"""The office's page of the scheduled jobs: when each last ended."""

from django.contrib import admin

from foundation.models import SweepRun
from foundation.read_only import ReadOnlyAdmin


@admin.register(SweepRun)
class SweepRunAdmin(ReadOnlyAdmin):
    """To be read only: the jobs write it themselves."""

    list_display = ("job", "finished_at", "failed_at")
    fields = readonly_fields = ("job", "name", "first_at", "finished_at", "failed_at")

    @admin.display(ordering="name")
    def job(self, run: SweepRun) -> str:
        """The task's name in words: “Look after bookings”."""
        return run.name.rpartition(".")[2].replace("_", " ").capitalize()
