"""A witness's side: one link from a letter, one page, no account. Opening it changes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from foundation.links import BrokenLink, LinkError
from membership.forms import posted
from membership.models import User
from records import versions
from records.disposal import people, proposing, signing, witnesses
from records.disposal.papers import rule_words
from records.forms_disposal import SignForm
from records.models import Witness

Page = Callable[Concatenate[HttpRequest, Witness, ...], HttpResponse]


def witness_page(view: Page) -> Callable[..., HttpResponse]:
    """Gives the view the witness whom the link belongs to, while a signature is awaited."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, witnesses.find(token), token)
        except LinkError as problem:
            status = 404 if isinstance(problem, BrokenLink) else 410
            page = {"problem": problem}
            return render(request, "records/witness_link.html", page, status=status)

    return guarded


@witness_page
def witness(request: HttpRequest, asked: Witness, token: str) -> HttpResponse:
    """Reference, dates and rule of each record, and a button that signs."""
    form = SignForm(posted(request), on=timezone.localdate())
    if form.is_valid():
        try:
            signing.sign_as_witness(
                witness_id=asked.pk, browser=_signed_in(request), at=timezone.now()
            )
        except (people.SamePerson, proposing.HasEnded) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("records:witness_thanks")
    rules = versions.in_force(on=timezone.localdate())
    lines = asked.disposal.lines.select_related("record").order_by("pk")
    page = {
        "form": form,
        "witness": asked,
        "asker": asked.disposal.owner,
        "lines": [(line, rule_words(rules, line.rule)) for line in lines],
        "refuse": reverse("records:witness_refuse", args=[token]),
    }
    return render(request, "records/witness.html", page)


@witness_page
def refuse(request: HttpRequest, asked: Witness, token: str) -> HttpResponse:
    """Ask once; whoever asked is told to ask somebody else."""
    if request.method == "POST":
        signing.decline_as_witness(witness_id=asked.pk, at=timezone.now())
        return redirect("records:witness_refused")
    back = reverse("records:witness", args=[token])
    return render(request, "records/witness_refuse.html", {"witness": asked, "back": back})


@login_not_required
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "records/witness_thanks.html")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "records/witness_refused.html")


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
