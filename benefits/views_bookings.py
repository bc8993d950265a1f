"""A booking's own pages, behind its signed link: pay, take a place, cancel, certificate."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benefits import booking_pages, bookings, cancelling, certificates, event_calendar
from benefits.models import Booking
from benefits.models.bookings import LINK
from foundation import ical, links, papers
from foundation.limits import allow, sender
from membership.accounts import login_of
from membership.models import User
from payments import attempts, given_back, transfers

LASTS = dt.timedelta(days=400)
ASKED_AN_HOUR = 300
AN_HOUR = 60 * 60
View = Callable[[HttpRequest, Booking], HttpResponse]


def _by_link(view: View) -> Callable[..., HttpResponse]:
    """Whoever has the address may see the booking; nobody keeps its pages."""

    @login_not_required
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            named = links.read(token, purpose=LINK, lasts=LASTS)
        except links.LinkError as error:
            return render(request, "benefits/events/link_ended.html", {"why": error}, status=404)
        booking = get_object_or_404(Booking.objects.whole(), pk=named["booking"])
        response = view(request, booking)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Our own pages must see where a form came from; nobody else is told the address.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


def _by(request: HttpRequest, booking: Booking) -> User | None:
    """The login behind a step, where it is the booker's own."""
    if not request.user.is_authenticated:
        return None
    user = login_of(request)
    return user if booking.reader.user_id == user.pk else None


@_by_link
@require_safe
def booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    context = {
        "page": booking_pages.of(booking, at=timezone.now()),
        "bank": settings.BANK_DETAILS,
        "token": _token(request),
    }
    return render(request, "benefits/events/booking.html", context)


@_by_link
@require_POST
def pay(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Send whoever booked to PayPal."""
    invoice = booking.to_pay if booking.state == Booking.State.BOOKED else None
    if invoice is None:
        messages.error(request, "There is nothing to pay for this booking.")
        return redirect(booking.path)
    try:
        attempt = attempts.start(invoice_id=invoice.pk, at=timezone.now())
    except attempts.CannotPay as reason:
        messages.error(request, str(reason))
        return redirect(booking.path)
    if attempt.is_paid:
        return redirect("payments:paypal_return", attempt.token)
    return redirect(attempt.approval_url)


@_by_link
@require_POST
def transfer_sent(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Whoever booked made a bank transfer, or did not after all."""
    invoice = booking.to_pay if booking.state == Booking.State.BOOKED else None
    if invoice is not None and request.POST.get("step") == "not-sent":
        transfers.take_back(invoice.pk)
        messages.info(request, "Thank you for telling us. You can pay in either way.")
    elif invoice is not None:
        transfers.say_sent(invoice.pk, at=timezone.now())
        messages.success(request, "Thank you. We e-mail you a receipt once it has arrived.")
    return redirect(booking.path)


@_by_link
@require_POST
def accept(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Take the place that was offered."""
    try:
        bookings.accept(booking.pk, by=_by(request, booking), at=timezone.now())
    except bookings.CannotBook as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The place is yours.")
    return redirect(booking.path)


@_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Say what goes back, then cancel."""
    now = timezone.now()
    if request.method != "POST":
        if not booking.is_live or now >= booking.event.starts_at:
            return redirect(booking.path)
        context = {
            "booking": booking,
            "decision": booking_pages.decision_of(booking, at=now),
            "token": _token(request),
        }
        return render(request, "benefits/events/cancel.html", context)
    try:
        cancelling.by_booker(booking.pk, by=_by(request, booking), at=now)
    except (cancelling.CannotCancel, given_back.BeingPaid) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Your booking is cancelled. We have written to you.")
    return redirect(booking.path)


@_by_link
@require_safe
def diary(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The calendar file of a booking, with the link to a webinar once it is paid."""
    response = HttpResponse(event_calendar.of_booking(booking), content_type=ical.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{booking.event.slug}.ics"'
    return response


@_by_link
@require_safe
def certificate(request: HttpRequest, booking: Booking) -> HttpResponse:
    if not booking.attended:
        raise Http404
    context = {"paper": certificates.paper_of(booking), "token": _token(request)}
    return render(request, "benefits/events/certificate.html", context)


@_by_link
@require_safe
def certificate_pdf(request: HttpRequest, booking: Booking) -> HttpResponse:
    if not booking.attended:
        raise Http404
    return papers.answer(certificates.paper_of(booking), name=certificates.file_name(booking))


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a certificate is ours, for anybody who was shown it."""
    if not allow(action="attendance", key=sender(request), times=ASKED_AN_HOUR, seconds=AN_HOUR):
        return render(request, "429.html", status=429)
    found = certificates.find(token)
    status = 200 if found else 404
    context = {"shown": certificates.shown(found) if found else None}
    response = render(request, "benefits/events/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _token(request: HttpRequest) -> str:
    """The link by which this page was opened, for those below it."""
    match = request.resolver_match
    return str(match.kwargs["token"]) if match else ""
