"""The pages that people see when something is not there, not theirs, or broken."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from foundation import typed


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often a form that was open for longer than the session: say so, not “CSRF”.

    Nothing of it is carried out. Where the form can be shown again with what was typed, it is.
    """
    if typed.keep(request):
        return redirect(request.get_full_path())
    return render(request, "403_csrf.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke may have been one of them."""
    return HttpResponse(render(request=None, template_name="500.html").content, status=500)
