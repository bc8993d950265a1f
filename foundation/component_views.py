"""Every piece that pages are made of, in every state; the demo alone has these pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import components as made_up


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """All that stand beside others; two that have a page to themselves are linked."""
    return render(request, "foundation/components.html", made_up.everything())


@login_not_required
@require_safe
def confirmation(request: HttpRequest) -> HttpResponse:
    """What is said after a form was sent."""
    return render(request, "foundation/confirmation.html")


@login_not_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """A paper with each of its parts."""
    return render(request, "foundation/paper.html", {"paper": made_up.PAPER})
