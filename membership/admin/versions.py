"""Figures in versions: drafts are edited and tried, and the board adopts them for a day."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from foundation.dates import in_words


class AdoptForm(forms.Form):
    effective_from = forms.DateField(
        label="In force from",
        help_text="Today or a later day, for example 1/4/2027.",
        error_messages={"required": "Enter the day from which these rules apply."},
    )
    board_minute = forms.CharField(
        label="Board minute",
        help_text="For example: Board of 12 March 2027, item 4.",
        max_length=200,
        error_messages={"required": "Give the board minute that adopts these rules."},
    )


class VersionAdmin(admin.ModelAdmin):
    """A draft may be changed or thrown away; what the board adopted stays as it is."""

    figures: tuple[str, ...] = ()
    """The columns of a draft, after its name."""
    ordering = ("-effective_from", "-pk")

    @admin.display(description="standing")
    def standing(self, version: Any) -> str:
        if version.is_draft or version.effective_from is None:
            return "Draft"
        return f"In force from {in_words(version.effective_from)}"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("version", *self.figures)
        adopted = ("effective_from", "board_minute", "adopted_at", "adopted_by")
        return (*own, *adopted) if obj and not obj.is_draft else own

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one draft at a time, on its own page: never several at once from the list."""
        return obj is not None and obj.is_draft and bool(super().has_delete_permission(request))
