"""What was typed into a page is not lost when the login ended or changed before it was sent."""

import datetime as dt
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone

from foundation import links

PURPOSE, FIELD, NAME = "typed", "typed_by", "typed"
MARK_LASTS = dt.timedelta(days=14)  # as long as a login
KEPT_SECONDS = 60 * 60
LONGEST = 100_000  # characters, packed as a form is
NEVER_KEPT = ("csrfmiddlewaretoken", FIELD)
LOG_IN = "Your login has ended. What you typed is kept for an hour: log in, and you see it again."
SAVE_AGAIN = (
    "Your login ended or changed while this page was open. What you typed is below and is not "
    "saved yet: please save once more."
)

View = Callable[..., HttpResponse]


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the login, and keeps what they typed on a page that asks for that."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> Any:
        if keep(request):
            messages.info(request, LOG_IN)
        return super().handle_no_permission(request, view_func)


def keeps_typed(view: View) -> View:
    """For a page whose form may be sent too late; never for one that asks for a password.

    The form carries {% typed_by %}, and its view takes what was typed from `typed_again`.
    """

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            forget(request)
        elif typed_again(request) is not None:
            messages.warning(request, SAVE_AGAIN)
        return view(request, *args, **kwargs)

    keeping.__dict__[NAME] = True
    return keeping


def mark_of(user_id: int) -> str:
    """Who has the form in front of them, signed: only they are shown again what they typed."""
    return links.sign({"user": user_id}, purpose=PURPOSE)


def keep(request: HttpRequest) -> bool:
    """Keep the sent form for an hour, if its page asks for that and we know who typed it.

    It lies in our cache; the session has its key alone. Nothing is carried out.
    """
    found = request.resolver_match
    if request.method != "POST" or found is None or NAME not in vars(found.func):
        return False
    typist = _typist(request)
    typed = request.POST.copy()
    for name in NEVER_KEPT:
        typed.pop(name, None)
    packed = typed.urlencode()
    if typist is None or len(packed) > LONGEST:
        return False
    key = f"typed:{secrets.token_hex(16)}"
    kept = {
        "user": typist,
        "path": request.get_full_path(),
        "typed": packed,
        "until": timezone.now() + dt.timedelta(seconds=KEPT_SECONDS),
    }
    cache.set(key, kept, timeout=KEPT_SECONDS)
    known = cache.get(_of(typist), [])
    cache.set(_of(typist), [*known, key], timeout=KEPT_SECONDS)
    request.session[NAME] = key
    return True


def forget_all(user_id: int) -> None:
    """Drop whatever somebody typed and has not sent again, from any browser."""
    cache.delete_many([*cache.get(_of(user_id), []), _of(user_id)])


def _of(user_id: int) -> str:
    return f"typed:of:{user_id}"


def typed_again(request: HttpRequest) -> QueryDict | None:
    """What this person typed into this page before they had to log in again."""
    key = request.session.get(NAME)
    kept = cache.get(key) if key and request.method == "GET" else None
    if kept is None or kept["path"] != request.get_full_path():
        return None
    theirs = kept["user"] == request.user.pk and timezone.now() <= kept["until"]
    return QueryDict(kept["typed"]) if theirs else None


def forget(request: HttpRequest) -> None:
    """It was sent again."""
    key = request.session.pop(NAME, None)
    if key:
        cache.delete(key)


def _typist(request: HttpRequest) -> int | None:
    """Whoever the form was made for; None where that is unknown, or somebody else sends it."""
    try:
        said = links.read(request.POST.get(FIELD, ""), purpose=PURPOSE, lasts=MARK_LASTS)
    except links.LinkError:
        return None
    user_id: int = said["user"]
    return user_id if request.user.pk in (None, user_id) else None
