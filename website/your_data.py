"""A person's own data: what is kept and until when, to download, and to be erased; and leaving."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation import history
from foundation.dates import in_words
from membership import accounts, lifecycle, standing
from membership.models import User
from records import erasure, pack
from website.forms import EraseForm

ERASED = "What we held about you is erased, and your login with it. We have written to you."
LEFT = "You have left the society, and are no longer shown in the directory."


@never_cache
@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    """What is kept about the signed-in person, why, and when it goes."""
    person, on = accounts.of_request(request), timezone.localdate()
    context = {
        "kept": erasure.plan(person, on=on),
        "stands": standing.of(person, on),
        "person": person,
    }
    return render(request, "website/your_data.html", context)


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def download(request: HttpRequest) -> HttpResponse:
    """All of it as one zip file."""
    person, now = accounts.of_request(request), timezone.now()
    made_on = in_words(timezone.localdate(now))
    answer = HttpResponse(pack.zipped(person, made_on=made_on), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="what-is-kept-about-you.zip"'
    history.record(person.history_key, "downloaded their data", at=now, by=_user(request))
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End a membership at the member's wish; out of the directory at once."""
    person, now = accounts.of_request(request), timezone.now()
    stands = standing.of(person, timezone.localdate(now))
    if stands.state not in ("active", "grace", "suspended"):
        messages.info(request, "You are not a member, so there is nothing to leave.")
        return redirect("website:your_data")
    if request.method != "POST":
        return render(request, "website/leave.html", {"stands": stands})
    lifecycle.resign(membership_id=person.membership.pk, by=_user(request), at=now)
    messages.success(request, LEFT)
    return redirect("website:profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def erase(request: HttpRequest) -> HttpResponse:
    """Show what would go and what would stay; then do it, for good."""
    person, now = accounts.of_request(request), timezone.now()
    form = EraseForm(request.POST if request.method == "POST" else None)
    plan = erasure.plan(person, on=timezone.localdate(now))
    context = {
        "form": form,
        "going": [item for item in plan if item.goes],
        "staying": [item for item in plan if not item.goes],
    }
    try:
        erasure.refuse_while_tied(person, on=timezone.localdate(now))
        if not form.is_valid():
            return render(request, "website/erase.html", context)
        erasure.erase(person, by=_user(request), at=now)
    except erasure.NotYet as reason:
        return render(request, "website/erase.html", {**context, "not_yet": reason})
    logout(request)
    messages.success(request, ERASED)
    return redirect("website:home")


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
