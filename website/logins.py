"""Where somebody is signed in: to be looked at, and to be ended from afar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from membership import sessions
from membership.accounts import login_of

ENDED = "That browser is signed out."
WAS_ENDED = "That browser was signed out already."
OTHERS_ENDED = "Every other browser is signed out."


@never_cache
@require_safe
def logins(request: HttpRequest) -> HttpResponse:
    """Every browser in which they are signed in, this one first."""
    this = request.session.session_key
    places = sessions.of(login_of(request), this=this, now=timezone.now())
    return render(request, "website/logins.html", {"places": places})


@require_POST
def end_login(request: HttpRequest, pk: int) -> HttpResponse:
    """One of theirs."""
    ended = sessions.end(login_of(request), pk=pk)
    messages.success(request, ENDED if ended else WAS_ENDED)
    return redirect("website:logins")


@require_POST
def end_other_logins(request: HttpRequest) -> HttpResponse:
    """All but this one."""
    sessions.end_others(login_of(request), but=request.session.session_key)
    messages.success(request, OTHERS_ENDED)
    return redirect("website:logins")
