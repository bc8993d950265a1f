"""The shortlist of somebody without an account: add, take off, compare side by side, print."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory import shortlist as kept
from directory.cards import cards
from directory.models import Listing
from directory.models.enquiries import MOST_AT_ONCE


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shortlist(request: HttpRequest) -> HttpResponse:
    """Those on it who are visible today, side by side; what is posted adds or takes off one."""
    if request.method == "POST":
        return _change(request)
    today = timezone.localdate()
    wanted = kept.read(request)
    visible = set(Listing.objects.visible(today).filter(pk__in=wanted).values_list("pk", flat=True))
    shown = cards([pk for pk in wanted if pk in visible], on=today)
    context: dict[str, Any] = {
        "cards": shown,
        "gone": len(wanted) - len(shown),
        "most": MOST_AT_ONCE,
        "today": today,
    }
    return render(request, "directory/shortlist.html", context)


def _slug(request: HttpRequest, name: str) -> str:
    """The listing that a button names; nothing where it is no such name."""
    given = request.POST.get(name, "")
    return given if slug_re.fullmatch(given) else ""


def _change(request: HttpRequest) -> HttpResponse:
    numbers = kept.read(request)
    visible = Listing.objects.visible(timezone.localdate())
    added = visible.filter(slug=_slug(request, "add")).values_list("pk", flat=True).first()
    removed = Listing.objects.filter(slug=_slug(request, "remove")).values_list("pk", flat=True)
    numbers = [] if "clear" in request.POST else [pk for pk in numbers if pk not in set(removed)]
    if added is not None and added not in numbers and len(numbers) >= kept.MOST:
        messages.error(request, f"A shortlist holds {kept.MOST}. Take somebody off it first.")
    elif added is not None:
        numbers.append(added)
    response = redirect("directory:shortlist")
    kept.write(response, numbers, is_secure=settings.SESSION_COOKIE_SECURE)
    return response
