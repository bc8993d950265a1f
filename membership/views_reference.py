"""A referee's side: one link from a letter, no account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from foundation.links import BrokenLink, LinkError
from membership import referees
from membership.forms import posted
from membership.forms_referees import ReferenceForm


@login_not_required
@never_cache
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why, and a short form; “I would rather not” comes first."""
    try:
        referee = referees.find_asked(token)
    except LinkError as problem:
        return _no_way(request, problem)
    form = ReferenceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = referees.Answer(**form.cleaned_data)
        referees.answer(referee_id=referee.pk, said=said, at=timezone.now(), recorded_by=None)
        return redirect("membership:reference_thanks")
    page = {"form": form, "referee": referee, "token": token}
    return render(request, "membership/reference.html", page)


@login_not_required
@never_cache
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once; the applicant is told only to name somebody else."""
    try:
        referee = referees.find_asked(token)
    except LinkError as problem:
        return _no_way(request, problem)
    if request.method == "POST":
        referees.refuse(referee_id=referee.pk, at=timezone.now())
        return redirect("membership:reference_refused")
    page = {"referee": referee, "token": token}
    return render(request, "membership/reference_refuse.html", page)


@login_not_required
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "membership/reference_thanks.html")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "membership/reference_refused.html")


def _no_way(request: HttpRequest, problem: LinkError) -> HttpResponse:
    """A link that was never ours is not found; one whose time has gone says what to do."""
    status = 404 if isinstance(problem, BrokenLink) else 410
    return render(request, "membership/reference_link.html", {"problem": problem}, status=status)
