"""The versions of the eligibility rules: drafts are edited, tried on past applications, adopted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone

from foundation.dates import in_words
from membership import replay, rules
from membership.admin import pages
from membership.eligibility import Outcome
from membership.findings import Finding
from membership.models import EligibilityRules

ADOPT = "membership.adopt_rules"
SEE_RULES = "membership.view_eligibilityrules"
SHOWN = 200
FIGURES = ("months_required", "hours_required", "dbs_flag_years", "low_hours_per_week")

OUTCOMES = {
    Outcome.ELIGIBLE: "Met",
    Outcome.REFER: "For a person to judge",
    Outcome.INCOMPLETE: "Incomplete",
    Outcome.NOT_ELIGIBLE: "Not met",
}


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


@admin.register(EligibilityRules)
class EligibilityRulesAdmin(admin.ModelAdmin):
    """A draft may be changed or thrown away; what the board adopted stays as it is."""

    list_display = ("version", "standing", "months_required", "hours_required", "board_minute")
    fields = ("version", *FIGURES)
    ordering = ("-effective_from", "-pk")

    @admin.display(description="standing")
    def standing(self, version: EligibilityRules) -> str:
        if version.is_draft or version.effective_from is None:
            return "Draft"
        return f"In force from {in_words(version.effective_from)}"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("version", *FIGURES)
        adopted = ("effective_from", "board_minute", "adopted_at", "adopted_by")
        return (*own, *adopted) if obj and not obj.is_draft else own

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one draft at a time, on its own page: never several at once from the list."""
        return obj is not None and obj.is_draft and bool(super().has_delete_permission(request))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/replay/", self.admin_site.admin_view(try_out), name="rules_replay"),
            path("<int:pk>/adopt/", self.admin_site.admin_view(adopt), name="rules_adopt"),
        ]
        return own + super().get_urls()


def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Past applications under these rules: whose outcome would have been another."""
    pages.require(request, SEE_RULES)
    user = pages.require(request, pages.SEE)
    version = get_object_or_404(EligibilityRules, pk=pk)
    found = replay.replay(version)
    return pages.page(
        request,
        "rules/replay",
        title=f"Past applications under {version}",
        version=version,
        replay=found,
        shown=[_line(changed) for changed in found.changed[:SHOWN]],
        may_adopt=version.is_draft and user.has_perm(ADOPT),
    )


def _line(changed: replay.Changed) -> dict[str, object]:
    return {
        "application": changed.application,
        "before": OUTCOMES[changed.difference.before],
        "after": OUTCOMES[changed.difference.after],
        "appears": [_first_sentence(finding) for finding in changed.difference.appears],
        "goes": [_first_sentence(finding) for finding in changed.difference.goes],
    }


def _first_sentence(finding: Finding) -> str:
    """What was found; the rest of the words advises the applicant."""
    return finding.words.partition(". ")[0].removesuffix(".") + "."


def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the board has adopted a draft."""
    user = pages.require(request, ADOPT)
    version = get_object_or_404(EligibilityRules, pk=pk)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rules.adopt(rules_id=pk, **form.cleaned_data, by=user, at=timezone.now())
        except rules.NotAdoptable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Adopted: {version}. It can no longer be changed.")
            return redirect("admin:membership_eligibilityrules_changelist")
    return pages.page(request, "rules/adopt", title=f"Adopt {version}", version=version, form=form)
