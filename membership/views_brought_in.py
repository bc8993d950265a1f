"""The page behind the link of the letter to somebody who was brought in from an earlier list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.links import BrokenLink, LinkError
from membership.arrivals import welcome


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def brought_in(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the link is for; once its button is pressed, on to the page for a password.

    A mail program that looks into the link ahead of its reader uses nothing up.
    """
    try:
        user = welcome.owner_of(token)
    except LinkError as error:
        status = 404 if isinstance(error, BrokenLink) else 410
        return render(request, "membership/brought_in_not.html", {"why": str(error)}, status=status)
    if user.has_usable_password():
        return render(request, "membership/brought_in_done.html")
    if request.method == "POST":
        return redirect(welcome.address_of_password_page(user))
    return render(request, "membership/brought_in.html", {"email": user.email})
