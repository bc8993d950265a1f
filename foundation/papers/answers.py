"""Makes a PDF of a paper, and hands it to a browser."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from foundation.later import later
from foundation.papers.parts import Paper

if TYPE_CHECKING:
    from foundation.papers import layout
else:
    layout = later("foundation.papers.layout")


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF; the same paper gives the same bytes."""
    return layout.pdf(paper)


def answer(paper: Paper, *, name: str) -> HttpResponse:
    """The PDF, opened by the browser under a name, and kept by no cache on the way."""
    response = HttpResponse(pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
