"""Before anybody applies: the five types, and which of them fits."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from membership import brochure, rules
from membership.forms_which_type import WhichTypeForm, suggest


@login_not_required
def types(request: HttpRequest) -> HttpResponse:
    groups = brochure.groups(on=timezone.localdate())
    return render(
        request,
        "membership/types.html",
        {"groups": groups, "to_hand": brochure.TO_HAND, "to_hand_short": brochure.TO_HAND_SHORT},
    )


@login_not_required
def which_type(request: HttpRequest) -> HttpResponse:
    """Nothing is stored: the answers are in the address, and are no personal details."""
    on = timezone.localdate()
    form = WhichTypeForm(request.GET or None)
    suggestion = None
    if form.is_valid():
        suggestion = suggest(form.evidence(), rules=rules.in_force(on=on), on=on)
    return render(
        request,
        "membership/which_type.html",
        {"form": form, "suggestion": suggestion, "groups": brochure.groups(on=on)},
    )
