"""A register as a list to look through, and as a file to take out."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation import spreadsheets
from membership import accounts
from records import export, finding
from records.answers import register_line
from records.choosing import chosen
from records.models import HandoverOffer, NamedMember, Register

PAGE_SIZE = 50
MOST_WORDS = 40


@never_cache
def register(request: HttpRequest, key: uuid.UUID | None = None) -> HttpResponse:
    """The records of one of the signed-in person's registers, what waits first."""
    choice = chosen(request, key)
    asked = NamedMember.objects.asked().filter(person=choice.person)
    offered = HandoverOffer.objects.filter(person=choice.person, settled_at=None)
    context = {
        "choice": choice,
        "register": choice.register,
        "invitations": asked.select_related("register__owner").order_by("pk"),
        "offers": offered.select_related("register__owner").order_by("pk"),
    }
    listed = _listed(request, choice.register) if choice.register else {}
    return render(request, "records/register.html", {**context, **listed})


def _listed(request: HttpRequest, one: Register) -> dict[str, Any]:
    """The page of records that the address asks for, and the choices of the filter."""
    kind = request.GET.get("show", "")
    kind = kind if kind in finding.KINDS else finding.ALL
    words = request.GET.get("find", "").replace("\0", "").strip()[:MOST_WORDS]
    found = finding.find(one, kind, words)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    return {
        "page": page,
        "kind": kind,
        "words": words,
        "kinds": finding.kinds(one, kind),
        "lines": [register_line(each, open_holds=each.open_holds, on=today) for each in page],
        "shared_with": one.named.in_force().count(),
    }


@never_cache
@require_POST
def take_out(request: HttpRequest, key: uuid.UUID) -> StreamingHttpResponse:
    """Everything in a register as a CSV file; that it was taken is written down."""
    choice, now = chosen(request, key), timezone.now()
    taken = export.take(
        register_id=choice.needed().pk,
        by=accounts.login_of(request),
        at=now,
        is_owner=choice.is_owner,
    )
    return as_file(taken)


def as_file(register: Register) -> StreamingHttpResponse:
    """A register as a CSV file that the browser saves."""
    name = f"client-records-{timezone.localdate():%Y-%m-%d}.csv"
    return spreadsheets.streamed(export.file(register), name=name)
