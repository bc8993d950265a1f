"""The versions of the eligibility rules: drafts are edited, tried on past applications, adopted."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from foundation.dated_versions import NotAdoptable
from foundation.own_pages import OwnPage, OwnPages
from membership import replay, rules
from membership.admin import pages
from membership.admin.versions import AdoptForm, VersionAdmin
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


@admin.register(EligibilityRules)
class EligibilityRulesAdmin(OwnPages, VersionAdmin):
    """Drafts are tried on past applications."""

    list_display = ("version", "standing", "months_required", "hours_required", "board_minute")
    figures = FIGURES

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/replay/", try_out, "rules_replay"),
            ("<int:pk>/adopt/", adopt, "rules_adopt"),
        )


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
        except NotAdoptable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Adopted: {version}. It can no longer be changed.")
            return redirect("admin:membership_eligibilityrules_changelist")
    return pages.page(request, "rules/adopt", title=f"Adopt {version}", version=version, form=form)
