"""The versions of the retention rules: drafts are edited, tried on every register, adopted."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.dated_versions import NotAdoptable
from foundation.own_pages import OwnPage, OwnPages
from foundation.under_way import looks_again
from membership.admin.pages import require
from membership.admin.versions import AdoptForm, VersionAdmin
from records import moves_page, redating, versions
from records.models import RetentionRules
from records.models.rules import FIGURES
from records.retention_rules import shorter_than_published

ADOPT = "records.adopt_retention_rules"
SEE = "records.view_retentionrules"


class AdoptRetentionForm(AdoptForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board_minute"].help_text += " Say here why a period is shorter."


@admin.register(RetentionRules)
class RetentionRulesAdmin(OwnPages, VersionAdmin):
    """Drafts are tried on every register, in counts."""

    list_display = ("version", "standing", "reading", "board_minute")
    figures = ("reading", *FIGURES)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        redating.forget_trials(obj)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/moves/", moves, "retention_rules_moves"),
            ("<int:pk>/adopt/", adopt, "retention_rules_adopt"),
        )


def moves(request: HttpRequest, pk: int) -> HttpResponse:
    """How many dates these rules move, and which way; a post counts them anew."""
    user = require(request, SEE)
    version = get_object_or_404(RetentionRules, pk=pk)
    if request.method == "POST" and version.is_draft:
        redating.try_out(version, at=timezone.now())
        return redirect("admin:retention_rules_moves", pk)
    last = version.redatings.order_by("-started_at", "-pk").first()
    page = _page(
        request,
        "moves",
        title=f"What {version} moves",
        version=version,
        last=last,
        moves=moves_page.of(last) if last else None,
        may_adopt=version.is_draft and user.has_perm(ADOPT),
    )
    return looks_again(page) if last and last.finished_at is None else page


def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the board has adopted a draft."""
    user = require(request, ADOPT)
    version = get_object_or_404(RetentionRules, pk=pk)
    form = AdoptRetentionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            versions.adopt(rules_id=pk, **form.cleaned_data, by=user, at=timezone.now())
        except NotAdoptable as error:
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
