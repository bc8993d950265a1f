"""The page on which who looks after a dead member's affairs takes their register out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from foundation.links import BrokenLink, LinkError
from records import releasing
from records.views_register import as_file


@login_not_required
@never_cache
def released(request: HttpRequest, token: str) -> HttpResponseBase:
    """What it is, and a button that takes the file. Opening the page takes nothing."""
    try:
        release = releasing.find(token)
    except LinkError as problem:
        status = 404 if isinstance(problem, BrokenLink) else 410
        return render(request, "records/released_link.html", {"problem": problem}, status=status)
    if request.method == "POST":
        try:
            return as_file(releasing.take(release_id=release.pk, at=timezone.now()))
        except releasing.CannotRelease as ended:
            return _ended(request, ended)
    context = {
        "release": release,
        "register": release.register,
        "records": release.register.records.count(),
    }
    return render(request, "records/released.html", context)


def _ended(request: HttpRequest, ended: releasing.CannotRelease) -> HttpResponse:
    return render(request, "records/released_link.html", {"problem": ended}, status=410)
