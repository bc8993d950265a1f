"""The society as second signatory: counts, dates and rules; names only where the owner said so."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from membership.admin.pages import posted, require
from membership.models import User
from records import versions
from records.disposal import people, proposing, signing
from records.disposal.papers import rule_words
from records.forms_disposal import SignForm
from records.models import Disposal


def to_sign(request: HttpRequest) -> HttpResponse:
    """Every disposal that an officer is asked to sign, the oldest first."""
    require(request, signing.OFFICER)
    waiting = Disposal.objects.for_officers().prefetch_related("lines").order_by("asked_at", "pk")
    return _page(request, "disposals", title="Disposals to sign", waiting=waiting)


def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: the rules and dates of its records, and the two answers there are."""
    by = require(request, signing.OFFICER)
    waiting = Disposal.objects.for_officers().select_related("register__owner")
    found = get_object_or_404(waiting, pk=pk)
    says_no = "decline" in request.POST
    form = SignForm(None if says_no else posted(request), on=timezone.localdate())
    if says_no or form.is_valid():
        return _answered(request, found, by, says_no=says_no)
    rules = versions.in_force(on=timezone.localdate())
    lines = found.lines.select_related("record").order_by("pk")
    return _page(
        request,
        "disposal",
        title="Sign a disposal",
        disposal=found,
        form=form,
        lines=[(line, rule_words(rules, line.rule)) for line in lines],
    )


def _answered(request: HttpRequest, found: Disposal, by: User, *, says_no: bool) -> HttpResponse:
    step = signing.decline if says_no else signing.sign
    try:
        step(disposal_id=found.pk, by=by, at=timezone.now())
    except (people.SamePerson, signing.NotAsked, proposing.HasEnded) as refused:
        messages.error(request, str(refused))
    else:
        done = "Nothing was destroyed." if says_no else "You have signed."
        messages.success(request, f"{done} Whoever asked is told.")
    return redirect("records_office:disposals")


def _page(request: HttpRequest, name: str, *, title: str, **context: object) -> HttpResponse:
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/records/{name}.html", everything)
