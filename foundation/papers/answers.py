"""Hands a paper to a browser."""

from django.http import HttpResponse

from foundation.papers.layout import pdf
from foundation.papers.parts import Paper


def answer(paper: Paper, *, name: str) -> HttpResponse:
    """The PDF, opened by the browser under a name, and kept by no cache on the way."""
    response = HttpResponse(pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
