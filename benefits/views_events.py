"""Events for everybody: the list, each on its own page, as calendar files, and how to book."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benefits import bookings, event_calendar, event_cards, guests, places, terms
from benefits.bookings import Wish
from benefits.forms_events import GuestForm, NeedsForm
from benefits.models import Booking, Event
from foundation import ical
from foundation.limits import allow, sender
from membership.accounts import login_of, of_request
from membership.models import Person

PAST_SHOWN = 10
BOOKINGS_AN_HOUR = 10
AN_HOUR = 60 * 60


@login_not_required
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "upcoming": event_cards.upcoming(at=now),
        "past": event_cards.past(at=now, most=PAST_SHOWN),
    }
    return render(request, "benefits/events/events.html", context)


@login_not_required
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Event.objects.public().counted(), slug=slug)
    person = _person(request)
    own = places.own_live(person, found) if person else None
    context = {
        "page": event_cards.page(found, at=now),
        "own": own,
        "price": places.price_for(person, found, on=timezone.localdate(now)) if person else None,
    }
    return render(request, "benefits/events/event.html", context)


@login_not_required
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.public(), slug=slug)
    return _calendar(event_calendar.of_one(found), name=f"{slug}.ics")


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What a diary subscribes to."""
    return _calendar(event_calendar.of_all(at=timezone.now()), name="events.ics")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """Book a place, or join the waiting list; with a login, or as a guest without one."""
    now = timezone.now()
    found = get_object_or_404(Event.objects.public().counted(), slug=slug)
    person = _person(request)
    if person and (own := places.own_live(person, found)):
        return redirect(own.path)
    if not found.is_open(now):
        messages.error(request, str(bookings.NotOpen()))
        return redirect("benefits:event", slug)
    kind = NeedsForm if person else GuestForm
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _booked(request, found, form, person)
    return _book_page(request, found, form, person)


def _booked(
    request: HttpRequest, found: Event, form: NeedsForm, person: Person | None
) -> HttpResponse:
    if not allow(action="book", key=sender(request), times=BOOKINGS_AN_HOUR, seconds=AN_HOUR):
        return _book_page(request, found, form, person, too_many=BOOKINGS_AN_HOUR)
    who = guests.person_of(form.guest()) if isinstance(form, GuestForm) else person
    if who is None:
        return redirect("benefits:event", found.slug)
    wish = Wish(
        event_id=found.pk,
        person=who,
        dietary_needs=form.cleaned_data["dietary_needs"],
        access_needs=form.cleaned_data["access_needs"],
        by=login_of(request) if person else None,
    )
    try:
        booking = bookings.book(wish, at=timezone.now())
    except bookings.BookedAlready as known:
        return _to_known(request, known, is_guest=person is None)
    except bookings.CannotBook as reason:
        messages.error(request, str(reason))
        return redirect("benefits:event", found.slug)
    return redirect(booking.path)


def _to_known(
    request: HttpRequest, known: bookings.BookedAlready, *, is_guest: bool
) -> HttpResponse:
    """An address proves nothing: a guest reaches the page of a booking by their letter alone."""
    if not is_guest:
        return redirect(known.booking.path)
    bookings.send_link(known.booking, at=timezone.now())
    messages.info(request, f"{known} We have e-mailed you the way to it.")
    return redirect("benefits:event", known.booking.event.slug)


def _book_page(
    request: HttpRequest,
    found: Event,
    form: NeedsForm,
    person: Person | None,
    *,
    too_many: int = 0,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "card": event_cards.card(found, at=now),
        "form": form,
        "is_guest": person is None,
        "price": places.price_for(person, found, on=timezone.localdate(now)),
        "terms": terms.in_sentences(places.terms_of(found), on=timezone.localdate(now)),
        "too_many": too_many,
    }
    return render(request, "benefits/events/book.html", context, status=429 if too_many else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody booked, the latest event first."""
    own = Booking.objects.of(of_request(request)).whole().order_by("-event__starts_at", "-pk")
    return render(request, "benefits/events/mine.html", {"bookings": own})


def _person(request: HttpRequest) -> Person | None:
    return of_request(request) if request.user.is_authenticated else None


def _calendar(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=f"{ical.TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
