"""The public pages, and the profile that looks over every room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from membership import accounts
from website import benefits as what_it_brings
from website import faq as answers
from website import home as home_page
from website import pages, timeline
from website import profile as own_page
from website.models import PageVersion

MOST_WANTED = 100
"""How many letters of a search are looked at."""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = accounts.of_request(request) if request.user.is_authenticated else None
    page = home_page.of(person, at=timezone.now())
    return render(request, "website/home.html", {"page": page})


@login_not_required
@require_safe
def benefits(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    written = PageVersion.objects.pages().filter(page__slug="benefits").first()
    context = {
        "columns": pages.columns(on),
        "lines": what_it_brings.table(),
        "written": pages.shown(written, on=on) if written else None,
    }
    return render(request, "website/benefits.html", context)


@login_not_required
@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:MOST_WANTED]
    groups = answers.groups(archived=False, on=timezone.localdate(), wanted=wanted)
    context = {
        "groups": groups,
        "questions": answers.drawn(groups, wanted),
        "wanted": wanted,
        "has_archive": pages.has_archive(),
    }
    return render(request, "website/faq.html", context)


@login_not_required
@require_safe
def faq_archive(request: HttpRequest) -> HttpResponse:
    found = answers.groups(archived=True, on=timezone.localdate())
    return render(request, "website/faq_archive.html", {"groups": found})


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    page = own_page.of(accounts.of_request(request), at=timezone.now())
    return render(request, "website/profile.html", {"page": page})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    moments = timeline.own(accounts.of_request(request))
    return render(request, "website/history.html", {"moments": moments})
