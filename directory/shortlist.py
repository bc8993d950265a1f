"""A purchaser's shortlist: kept in a signed cookie, so that it needs neither account nor row."""

from collections.abc import Iterable

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "shortlist"
SALT = "cmsuk.shortlist"
MOST = 10
KEPT_SECONDS = 30 * 24 * 60 * 60


def read(request: HttpRequest) -> list[int]:
    """The numbers of the listings on it; a cookie that was changed counts as none."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return [number for number in found if isinstance(number, int)][:MOST]


def write(response: HttpResponse, listings: Iterable[int], *, is_secure: bool) -> None:
    """Keep these, up to ten; an empty shortlist leaves no cookie."""
    kept = list(dict.fromkeys(listings))[:MOST]
    if not kept:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=is_secure,
    )
