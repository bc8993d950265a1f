"""Tells search engines what to leave alone, and where the members' pages are listed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import links

# Behind a login, of one person only, or reached by a card: nothing for a search engine.
CLOSED = (
    *("/admin/", "/accounts/", "/apply/", "/profile/", "/verify/", "/payments/"),
    *("/events/booking/", "/events/certificates/", "/events/mine/"),
)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {way}" for way in CLOSED), ""]
    names = ("website:sitemap", "directory:sitemap")
    lines += [f"Sitemap: {links.absolute(reverse(name))}" for name in names]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
