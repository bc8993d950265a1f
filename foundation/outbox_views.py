"""The demo's outbox in the browser; these addresses do not exist elsewhere."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation import outbox as box


@login_not_required
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(box.kept(), 25).get_page(request.GET.get("page"))
    return render(request, "foundation/outbox.html", {"page": page})


@login_not_required
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = box.find(name)
    if found is None:
        raise Http404
    return render(request, "foundation/outbox_letter.html", {"letter": found})


@login_not_required
def enclosure(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One file of a letter, the first is number 1."""
    found = box.find(name)
    if found is None or not 1 <= number <= len(found.files):
        raise Http404
    file = found.files[number - 1]
    response = HttpResponse(file.content, content_type=file.type)
    response["Content-Disposition"] = f'inline; filename="{file.name}"'
    return response
