"""The versions of the retention rules: drafts are edited, tried on every register, adopted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from foundation.dates import in_words
from membership.admin.pages import require
from records import moves_page, redating, versions
from records.models import RetentionRules
from records.models.rules import FIGURES
from records.retention_rules import shorter_than_published

ADOPT = "records.adopt_retention_rules"
SEE = "records.view_retentionrules"


class AdoptForm(forms.Form):
    effective_from = forms.DateField(
        label="In force from",
        help_text="Today or a later day, for example 1/4/2027.",
        error_messages={"required": "Enter the day from which these rules apply."},
    )
    board_minute = forms.CharField(
        label="Board minute",
        help_text="For example: Board of 12 March 2027, item 4. Say here why a period is shorter.",
        max_length=200,
        error_messages={"required": "Give the board minute that adopts these rules."},
    )


@admin.register(RetentionRules)
class RetentionRulesAdmin(admin.ModelAdmin):
    """A draft may be changed or thrown away; what the board adopted stays as it is."""

    list_display = ("version", "standing", "reading", "board_minute")
    ordering = ("-effective_from", "-pk")

    @admin.display(description="standing")
    def standing(self, version: RetentionRules) -> str:
        if version.is_draft or version.effective_from is None:
            return "Draft"
        return f"In force from {in_words(version.effective_from)}"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("version", "reading", *FIGURES)
        adopted = ("effective_from", "board_minute", "adopted_at", "adopted_by")
        return (*own, *adopted) if obj and not obj.is_draft else own

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one draft at a time, on its own page: never several at once from the list."""
        return obj is not None and obj.is_draft and bool(super().has_delete_permission(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        redating.forget_trials(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/moves/", view(moves), name="retention_rules_moves"),
            path("<int:pk>/adopt/", view(adopt), name="retention_rules_adopt"),
        ]
        return own + super().get_urls()


def moves(request: HttpRequest, pk: int) -> HttpResponse:
    """How many dates these rules move, and which way; a post counts them anew."""
    user = require(request, SEE)
    version = get_object_or_404(RetentionRules, pk=pk)
    if request.method == "POST" and version.is_draft:
        redating.try_out(version, at=timezone.now())
        return redirect("admin:retention_rules_moves", pk)
    last = version.redatings.order_by("-started_at", "-pk").first()
    return _page(
        request,
        "moves",
        title=f"What {version} moves",
        version=version,
        last=last,
        moves=moves_page.of(last) if last else None,
        may_adopt=version.is_draft and user.has_perm(ADOPT),
    )


def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the board has adopted a draft."""
    user = require(request, ADOPT)
    version = get_object_or_404(RetentionRules, pk=pk)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            versions.adopt(rules_id=pk, **form.cleaned_data, by=user, at=timezone.now())
        except versions.NotAdoptable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Adopted: {version}. It can no longer be changed.")
            return redirect("admin:records_retentionrules_changelist")
    shorter = shorter_than_published(versions.of_row(version))
    return _page(
        request, "adopt", title=f"Adopt {version}", version=version, form=form, shorter=shorter
    )


def _page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/records/rules/{template}.html", everything)
