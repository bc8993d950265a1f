"""Every letter with made-up facts, to be read and looked at; the demo alone has these pages."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from foundation import letter_samples
from foundation.letter_samples import Sample

MAIL = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]}
"""A letter brings its styles along, and nothing runs in it."""


@login_not_required
def letters(request: HttpRequest) -> HttpResponse:
    return render(request, "foundation/letters.html", {"letters": letter_samples.all_of_them()})


@login_not_required
@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views of no argument
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = _or_404(name)
    given = {"letter": found, "cases": found.shown()}
    return render(request, "foundation/letter.html", given)


@login_not_required
@xframe_options_sameorigin
@csp(MAIL)  # type: ignore[arg-type]
def as_mail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One case of a letter as a mail program shows it; the first is number 1."""
    cases = _or_404(name).shown()
    if not 1 <= number <= len(cases):
        raise Http404
    return HttpResponse(_on_white(cases[number - 1].html))


def _on_white(html: str) -> str:
    """A letter lies on paper here, whichever scheme the reader's screen has."""
    return html.replace("light dark", "light").replace("(prefers-color-scheme: dark)", "not all")


def _or_404(name: str) -> Sample:
    found = letter_samples.find(name)
    if found is None:
        raise Http404
    return found
