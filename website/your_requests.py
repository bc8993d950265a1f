"""What a signed-in person asks of the office about their data, and fetches when it is decided."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import history
from membership import accounts
from records import pack
from records.belongings import somebody
from website import data_requests as desk
from website import packs
from website.data_forms import CorrectionForm
from website.models import DataRequest
from website.your_data import DOWNLOADED, zip_of

ASKED = "We have your request, {reference}, and answer by {day:%-d %B %Y}. We have written to you."


@require_POST
def ask_to_see(request: HttpRequest) -> HttpResponse:
    """Ask for what other people wrote; a person decides on each entry."""
    person = accounts.of_request(request)
    asked = desk.ask_to_see(person=person, email=person.email, at=timezone.now())
    messages.success(request, ASKED.format(reference=asked, day=asked.due_on))
    return redirect("website:your_data")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_correct(request: HttpRequest) -> HttpResponse:
    """What anybody puts right themselves, and what the office has to look at."""
    person = accounts.of_request(request)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        # Who is no member yet changes what they stated in their application.
        told = person.registrations.filter(person__membership__isnull=False).order_by("pk")
        context = {"form": form, "registrations": told}
        return render(request, "website/correct.html", context)
    asked = desk.ask_to_correct(
        person=person, email=person.email, words=form.text(), at=timezone.now()
    )
    messages.success(request, ASKED.format(reference=asked, day=asked.due_on))
    return redirect("website:your_data")


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def take(request: HttpRequest) -> HttpResponse:
    """The page behind the password: a file that is sent in its place would leave them there."""
    person, now = accounts.of_request(request), timezone.now()
    asked = DataRequest.objects.filter(person=person).order_by("-closed_at")
    context = {
        "decided": [one for one in asked if desk.may_be_fetched(one, at=now)],
        "is_large": pack.is_large(somebody(person)),
        "packs": packs.of(person).filter(stopped_at=None),
    }
    return render(request, "website/take_data.html", context)


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def fetch(request: HttpRequest, reference: str) -> HttpResponse:
    """What was decided, with all the rest, for as long as it can be fetched."""
    person, now = accounts.of_request(request), timezone.now()
    asked = get_object_or_404(DataRequest, reference=reference, person=person)
    if not desk.may_be_fetched(asked, at=now):
        raise Http404
    if pack.is_large(desk.whose(asked)):
        return redirect("website:take_data")
    login = accounts.login_of(request)
    for key in (person.history_key, asked.history_key):
        history.record(key, DOWNLOADED, at=now, by=login, text=asked.reference)
    return zip_of(desk.whose(asked), desk.decisions(asked))
