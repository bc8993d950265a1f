"""The public pages, and the profile that looks over every room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from benefits import event_cards
from foundation.limits import allow, sender
from membership import accounts
from records import published
from records.policy import in_force
from website import benefits as what_it_brings
from website import callbacks, figures, pages, timeline
from website import faq as answers
from website import profile as own_page
from website.forms import CallbackForm
from website.models import PageVersion

CALLBACKS_AN_HOUR = 5
AN_HOUR = 60 * 60
EVENTS_SHOWN = 3
MOST_WANTED = 100
"""How many letters of a search are looked at."""
# A constant of ours: safe, and shown letter by letter as the society writes it.
DEFINITION = SafeString(figures.DEFINITION)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = accounts.of_request(request) if request.user.is_authenticated else None
    context = {
        "definition": DEFINITION,
        "owes": person is not None and pages.owes(person),
        "events": event_cards.upcoming(at=timezone.now(), most=EVENTS_SHOWN),
    }
    return render(request, "website/home.html", context)


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
    context = {
        "groups": answers.groups(archived=False, on=timezone.localdate(), wanted=wanted),
        "wanted": wanted,
        "has_archive": bool(pages.faq_groups(archived=True)),
    }
    return render(request, "website/faq.html", context)


@login_not_required
@require_safe
def faq_archive(request: HttpRequest) -> HttpResponse:
    found = answers.groups(archived=True, on=timezone.localdate())
    return render(request, "website/faq_archive.html", {"groups": found})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    form = CallbackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "website/callback.html", {"form": form})
    if not allow(action="callback", key=sender(request), times=CALLBACKS_AN_HOUR, seconds=AN_HOUR):
        context = {"form": form, "too_many": CALLBACKS_AN_HOUR}
        return render(request, "website/callback.html", context, status=429)
    callbacks.ask(form.wish(), at=timezone.now())
    return redirect("website:callback_asked")


@login_not_required
@require_safe
def callback_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "website/callback_asked.html")


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "website/contact.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "website/privacy.html", {"periods": published.main_periods(in_force())})


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "website/cookies.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html")


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    page = own_page.of(accounts.of_request(request), at=timezone.now())
    return render(request, "website/profile.html", {"page": page})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    moments = timeline.own(accounts.of_request(request))
    return render(request, "website/history.html", {"moments": moments})
