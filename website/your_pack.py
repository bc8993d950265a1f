"""A large pack of one's own data: asked for, looked at while it is put together, and fetched."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation import history, made_files
from foundation.models import MadeFile
from foundation.under_way import looks_again
from membership import accounts
from website import data_requests as desk
from website import packs
from website.models import DataRequest
from website.your_data import DOWNLOADED

GONE = "This file is not there any more. Have it put together once more."


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def ask(request: HttpRequest) -> HttpResponse:
    """Have it put together; while one is, asking again leads to the same."""
    person, now = accounts.of_request(request), timezone.now()
    decided, reference = None, request.POST.get("about", "")
    if reference:
        decided = get_object_or_404(DataRequest, reference=reference, person=person)
        if not desk.may_be_fetched(decided, at=now):
            raise Http404
    made = packs.ask(person, decided, at=now)
    return redirect("website:your_pack", key=made.key)


@never_cache
@require_safe
def see(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far it is; once it is ready, the page behind the password from which it is fetched."""
    made = _mine(request, key)
    if made.made_at is not None:
        behind_the_password: HttpResponse = _ready(request, made)
        return behind_the_password
    context = {"made": made, "bar": made_files.bar(made)}
    page = render(request, "website/pack.html", context)
    return page if made.stopped_at else looks_again(page)


@reauthentication_required  # type: ignore[untyped-decorator]
def _ready(request: HttpRequest, made: MadeFile) -> HttpResponse:
    context = {"made": made, "until": made.asked_at + made_files.KEPT_FOR}
    return render(request, "website/pack.html", context)


@never_cache
@require_safe
def fetch(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file itself, for whoever asked for it alone, behind the password."""
    made = _mine(request, key)
    if made.made_at is None:
        return redirect("website:your_pack", key=key)
    file: HttpResponseBase = _handed_over(request, made)
    return file


@reauthentication_required  # type: ignore[untyped-decorator]
def _handed_over(request: HttpRequest, made: MadeFile) -> HttpResponseBase:
    try:
        answer = made_files.answer(made, name=packs.NAME)
    except made_files.NotThere:
        messages.error(request, GONE)
        return redirect("website:take_data")
    for key in (made.whose, *_decided_in(made)):
        history.record(
            key, DOWNLOADED, at=timezone.now(), by=accounts.login_of(request), text=made.about
        )
    return answer


def _decided_in(made: MadeFile) -> list[str]:
    """The history of the request whose decisions are in it, where there is one."""
    return [one.history_key for one in DataRequest.objects.filter(reference=made.about)]


def _mine(request: HttpRequest, key: uuid.UUID) -> MadeFile:
    """A file that the signed-in person asked for; others are not there."""
    return get_object_or_404(packs.of(accounts.of_request(request)), key=key)
