"""A person's own data: what is kept and until when, to download, and to be erased; and leaving."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
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
from membership.models import Person
from records import erasure, kept, others, pack
from records.belongings import Somebody, somebody
from records.pack import Decisions
from records.policy import in_force
from website import timeline
from website.forms import EraseForm
from website.models import DataRequest

ERASED = "What we held about you is erased, and your login with it. We have written to you."
LEFT = "You have left the society, and are no longer shown in the directory."
DOWNLOADED = "downloaded their data"


@never_cache
@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    """What is kept about the signed-in person, why, and when it goes."""
    person, now = accounts.of_request(request), timezone.now()
    on = timezone.localdate(now)
    context = {
        "parts": kept.parts(erasure.plan(person, on=on), in_force()),
        "promise": kept.promise(person, on=on),
        "requests": DataRequest.objects.filter(person=person).order_by("-asked_at", "-pk"),
        "set_aside": len(others.set_aside(somebody(person))),
        "views": timeline.views_of(person),
        "stands": standing.of(person, on),
        "person": person,
        "now": now,
    }
    return render(request, "website/your_data.html", context)


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def download(request: HttpRequest) -> HttpResponse:
    """All of it as one zip file; a large one is put together by a worker."""
    person, now = accounts.of_request(request), timezone.now()
    if pack.is_large(somebody(person)):
        return redirect("website:take_data")
    history.record(person.history_key, DOWNLOADED, at=now, by=accounts.login_of(request))
    return zip_of(somebody(person))


def zip_of(who: Somebody, decided: Decisions | None = None) -> HttpResponse:
    """The pack for a browser, kept by nothing on the way."""
    made_on = in_words(timezone.localdate())
    content = pack.zipped(who, made_on=made_on, decided=decided)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="what-is-kept-about-you.zip"'
    answer["Cache-Control"] = "no-store"
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
    lifecycle.resign(membership_id=person.membership.pk, by=accounts.login_of(request), at=now)
    messages.success(request, LEFT)
    return redirect("website:profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def erase(request: HttpRequest) -> HttpResponse:
    """Show what would go and what would stay; then do it, for good."""
    person, now = accounts.of_request(request), timezone.now()
    form = EraseForm(request.POST if request.method == "POST" else None)
    context = {"form": form, **planned(erasure.plan(person, on=timezone.localdate(now)))}
    refusal = _refusal(person)
    if refusal is not None:
        return render(request, "website/erase.html", {**context, "not_yet": refusal})
    if not form.is_valid():
        return render(request, "website/erase.html", context)
    erasure.erase(person, by=accounts.login_of(request), at=now)
    logout(request)
    messages.success(request, ERASED)
    return redirect("website:home")


def planned(items: list[erasure.Item]) -> dict[str, object]:
    """What goes and what stays, for a page that asks before it is done."""
    policy = in_force()
    return {
        "going": kept.parts((item for item in items if item.goes), policy),
        "staying": kept.parts((item for item in items if not item.goes), policy),
        "backups_kept_days": settings.BACKUPS_KEPT_DAYS,
    }


def _refusal(person: Person) -> erasure.NotYet | None:
    try:
        erasure.refuse_while_tied(person, on=timezone.localdate())
    except erasure.NotYet as reason:
        return reason
    return None
