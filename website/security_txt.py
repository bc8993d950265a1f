"""Where somebody who found a weakness writes to (RFC 9116)."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import links


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Not there once its day is over: whoever reads it must be able to rely on it."""
    expires: dt.date | None = settings.SECURITY_TXT_EXPIRES
    if expires is None or expires < timezone.localdate():
        raise Http404
    lines = (
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Contact: {links.absolute(reverse('website:contact'))}",
        f"Expires: {expires.isoformat()}T23:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: {links.absolute(reverse('website:security_txt'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
