"""A referee's side: one link from a letter, one question a page, no account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from foundation.links import BrokenLink, LinkError
from membership import referees
from membership.forms import posted
from membership.forms_reference import (
    QUESTIONS,
    ReferenceForm,
    answers_of,
    as_sent,
    before,
    first_open,
    next_after,
    rows,
)
from membership.models import Referee

Page = Callable[Concatenate[HttpRequest, Referee, str, ...], HttpResponse]


def referees_page(view: Page) -> Callable[..., HttpResponse]:
    """Gives the view the referee whom the link belongs to, while an answer is awaited."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            referee = referees.find_asked(token)
        except LinkError as problem:
            return _no_way(request, problem)
        return view(request, referee, reverse("membership:reference", args=[token]), **kwargs)

    return guarded


@referees_page
def reference(request: HttpRequest, referee: Referee, link: str) -> HttpResponse:
    """Who asks and why; “I would rather not” stands beside the way on."""
    page = {
        "referee": referee,
        "begun": any(answers_of(referee).values()),
        "go_on": f"{link}{first_open(referee) or 'check'}/",
        "refuse": f"{link}rather-not/",
        "total": len(QUESTIONS),
    }
    return render(request, "membership/reference.html", page)


@referees_page
def question(request: HttpRequest, referee: Referee, link: str, key: str) -> HttpResponse:
    """One question. Its answer is kept at once, so that any device can go on with the next."""
    if key not in QUESTIONS:
        raise Http404
    name = QUESTIONS[key]
    form = ReferenceForm(posted(request), initial=answers_of(referee), only=name)
    from_check = request.GET.get("next") == "check"
    if request.method == "POST" and form.is_valid():
        referees.keep(referee_id=referee.pk, name=name, value=form.cleaned_data[name])
        following = None if from_check else next_after(key)
        return redirect(f"{link}{following or 'check'}/")
    page = {
        "form": form,
        "referee": referee,
        "back": f"{link}check/" if from_check else f"{link}{before(key)}",
        "number": list(QUESTIONS).index(key) + 1,
        "total": len(QUESTIONS),
    }
    return render(request, "membership/reference_question.html", page)


@referees_page
def check(request: HttpRequest, referee: Referee, link: str) -> HttpResponse:
    """All answers before they are sent; sending ends the link."""
    left = first_open(referee)
    if left is not None:
        return redirect(f"{link}{left}/")
    form = as_sent(referee)
    if request.method == "POST" and form.is_valid():
        said = referees.Answer(**form.cleaned_data)
        referees.answer(referee_id=referee.pk, said=said, at=timezone.now(), recorded_by=None)
        return redirect("membership:reference_thanks")
    page = {"referee": referee, "rows": rows(referee, link), "back": link}
    return render(request, "membership/reference_check.html", page)


@referees_page
def refuse(request: HttpRequest, referee: Referee, link: str) -> HttpResponse:
    """Ask once; the applicant is told only to name somebody else."""
    if request.method == "POST":
        referees.refuse(referee_id=referee.pk, at=timezone.now())
        return redirect("membership:reference_refused")
    page = {"referee": referee, "back": link}
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
    page = {"problem": problem, "is_over": isinstance(problem, referees.UsedLink)}
    return render(request, "membership/reference_link.html", page, status=status)
