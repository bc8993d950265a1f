"""Before anybody applies: the five types, and which of them fits."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from membership import brochure, flowchart_picture, rules, wizard
from membership import flowchart as flowcharts
from membership.forms_which_type import suggest
from membership.types import MembershipType


@login_not_required
def types(request: HttpRequest) -> HttpResponse:
    groups = brochure.groups(on=timezone.localdate())
    return render(
        request,
        "membership/types.html",
        {"groups": groups, "to_hand": brochure.TO_HAND, "to_hand_short": brochure.TO_HAND_SHORT},
    )


@login_not_required
def to_hand(request: HttpRequest) -> HttpResponse:
    """What to have ready, on a page of its own to print."""
    page = {"to_hand": brochure.TO_HAND, "to_hand_short": brochure.TO_HAND_SHORT}
    return render(request, "membership/to_hand_page.html", page)


@login_not_required
def flowchart(request: HttpRequest) -> HttpResponse:
    """The criteria as a picture and in words, with the figures in force today."""
    on = timezone.localdate()
    chart = flowcharts.flowchart(rules.in_force(on=on))
    page = {
        "drawing": flowchart_picture.draw(chart),
        "twin": chart.twin(),
        "groups": brochure.groups(on=on),
    }
    return render(request, "membership/flowchart.html", page)


@login_not_required
def which_type(request: HttpRequest) -> HttpResponse:
    """One question a page. Nothing is stored: the answers are in the address, none is personal."""
    on = timezone.localdate()
    answers = wizard.answered(request.GET)
    asked = wizard.page_to_ask(request.GET, answers)
    if asked is not None:
        page = {"form": asked.form, "kept": asked.kept, "number": asked.number, "suggestion": None}
        return render(request, "membership/which_type.html", page)
    page = {
        "suggestion": suggest(answers.evidence(), rules=rules.in_force(on=on), on=on),
        "rows": wizard.rows(answers),
        "types": list(MembershipType),
    }
    return render(request, "membership/which_type_found.html", page)
