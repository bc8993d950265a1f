"""What every answer tells the browser besides Django's own headers, and what it may keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

# Powers that no page of ours needs; the last three our own pages use: passkeys, and “Copy”.
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
OURS = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in DENIED), *(f"{name}=(self)" for name in OURS)])
ALWAYS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}

Answering = Callable[[HttpRequest], HttpResponseBase]


def strict_headers(get_response: Answering) -> Answering:
    """A page may say something else for itself: a member's badge is shown on other sites."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if _is_somebodys_page(request, response):
            # On a shared computer the next person presses “Back”.
            add_never_cache_headers(response)
        return response

    return answer


def _is_somebodys_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Pages alone are asked: whose picture or script it is would cost a look at the session."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or "Cache-Control" in response.headers:
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
