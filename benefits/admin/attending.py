"""Who comes to an event: marked on one page, a press each; and as a list to print at the door."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from benefits import attendance as presence
from benefits.admin.pages import page, taken
from benefits.models import Booking, Event
from foundation import history, spreadsheets
from foundation.spreadsheets import guarded
from membership.admin.forms import ConfirmForm
from membership.admin.pages import require

MARK = "benefits.mark_attendance"
EXPORT = "benefits.export_attendees"
MARKS = {"came": True, "stayed-away": False, "unmark": None}
HEAD = ("Place", "Last name", "First name", "Paid", "Dietary needs", "Access needs", "Signature")


@require_safe
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who has a place, by name; a constant number of queries."""
    require(request, MARK)
    event = get_object_or_404(Event, pk=pk)
    rows = list(_booked(event))
    came = sum(booking.attended is True for booking in rows)
    title = f"Attendance: {event.title}"
    return page(request, "event/attendance", title=title, event=event, bookings=rows, came=came)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One press for one person: came, did not, or neither after all."""
    by = require(request, MARK)
    event = get_object_or_404(Event, pk=pk)
    way, _dash, number = request.POST.get("mark", "").partition(":")
    known = number.isdecimal() and way in MARKS
    booking = get_object_or_404(event.bookings.whole(), pk=int(number) if known else 0)
    taken(
        request,
        lambda: presence.mark(booking.pk, MARKS[way], by=by, at=timezone.now()),
        done=f"{booking.reader}: noted.",
    )
    address = redirect("admin:benefits_event_attendance", pk)
    address["Location"] += f"#booking-{booking.pk}"
    return address


def attendees(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the file holds; once asked for, note who took it and hand it over."""
    by = require(request, EXPORT)
    event = get_object_or_404(Event, pk=pk)
    if request.method != "POST":
        title = f"Download the list for {event.title}"
        return page(request, "event/attendees", title=title, event=event, form=ConfirmForm())
    history.record(
        f"user {by.pk}", "list of attendees exported", at=timezone.now(), by=by, text=event.title
    )
    text = "".join(spreadsheets.lines(HEAD, _rows(event)))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="attendees-{event.slug}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _booked(event: Event) -> Iterator[Booking]:
    found = event.bookings.filter(state=Booking.State.BOOKED).whole()
    yield from found.order_by("person__family_name", "person__given_name", "pk")


def _rows(event: Event) -> Iterator[tuple[str, ...]]:
    for booking in _booked(event):
        reader = booking.reader
        yield (
            str(booking.place_number),
            guarded(reader.family_name),
            guarded(reader.given_name),
            "yes" if booking.is_confirmed else "no",
            guarded(booking.dietary_needs),
            guarded(booking.access_needs),
            "",
        )
