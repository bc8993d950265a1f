"""The office's page of the scheduled jobs: when each last ended."""

from django.contrib import admin

from foundation.models import SweepRun
from foundation.read_only import ReadOnlyAdmin


@admin.register(SweepRun)
class SweepRunAdmin(ReadOnlyAdmin):
    """To be read only: the jobs write it themselves."""

    list_display = ("name", "finished_at", "failed_at")
    fields = readonly_fields = ("name", "first_at", "finished_at", "failed_at")
