"""Bookings: somebody's place at an event, their turn in the waiting list, or what became of it."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse

from benefits.models.events import Event
from foundation import links
from membership.models import Person, User
from payments.models import Invoice

HOLDING = ("offered", "booked")
LIVE = ("waiting", *HOLDING)
LINK = "booking"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class BookingQuerySet(models.QuerySet["Booking"]):
    def of(self, person: Person) -> "BookingQuerySet":
        """Those of the person, and of accounts that were merged into theirs."""
        return self.filter(Q(person=person) | Q(person__merged_into=person))

    def holding(self) -> "BookingQuerySet":
        """Those that have a place, paid or not."""
        return self.filter(state__in=HOLDING)

    def waiting(self) -> "BookingQuerySet":
        """The waiting list, in its order."""
        return self.filter(state=Booking.State.WAITING).order_by("asked_at", "pk")

    def confirmed(self) -> "BookingQuerySet":
        """Those whose place is paid: asked of their invoices, and stored nowhere.

        After the event a price may turn out to be nothing: then its invoice is credited whole.
        """
        paid = Q(invoice__state=Invoice.State.PAID)
        credited = Q(invoice__state=Invoice.State.CREDITED, judged_at__isnull=False)
        return self.filter(paid | credited, state=Booking.State.BOOKED)

    def unpaid(self) -> "BookingQuerySet":
        return self.filter(state=Booking.State.BOOKED, invoice__state__in=Invoice.PAYABLE)

    def owing_a_difference(self) -> "BookingQuerySet":
        """Those of past events whose difference to the full price is not paid."""
        return self.filter(difference_invoice__state__in=Invoice.PAYABLE)

    def still_open(self, at: dt.datetime) -> "BookingQuerySet":
        """Live ones whose event is not over, and those with a difference to pay; earliest first."""
        to_come = Q(state__in=LIVE, event__ends_at__gte=at)
        owing = Q(difference_invoice__state__in=Invoice.PAYABLE)
        return self.filter(to_come | owing).whole().order_by("event__starts_at", "pk")

    def attended(self) -> "BookingQuerySet":
        return self.filter(attended=True)

    def whole(self) -> "BookingQuerySet":
        """With everything that a page or a letter about a booking shows."""
        return self.select_related(
            "event",
            "person__merged_into",
            "invoice__account__person",
            "difference_invoice__account__person",
        )


class Booking(models.Model):
    """One person's booking of one event; `bookings.py` and its steps alone write it.

    A place is held under a number of its own: two people never have the same, and none is above
    the number of places.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "On the waiting list"
        OFFERED = "offered", "A place is offered"
        BOOKED = "booked", "Booked"
        LAPSED = "lapsed", "Not taken in time"
        CANCELLED = "cancelled", "Cancelled"

    class Price(models.TextChoices):
        MEMBER = "member", "Members’ price"
        OTHER = "other", "Full price"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=10, choices=State)
    place_number = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.CharField("which price", max_length=6, choices=Price)
    pence = models.PositiveIntegerField("price in pence")
    why = models.CharField("why this price", max_length=300)
    difference_pence = models.PositiveIntegerField(
        default=0, help_text="Between the two prices, as it was told when the place was booked."
    )
    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="booking"
    )
    difference_invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="booking_difference"
    )
    dietary_needs = models.CharField(max_length=200, blank=True)
    access_needs = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField("booked, or put on the waiting list")
    held_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when a place is held that is not paid or taken."
    )
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the confirmation was written."
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(
        null=True, blank=True, help_text="When its price was looked at again, after the event."
    )
    ended_at = models.DateTimeField("cancelled, or not taken", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refund_pence = models.PositiveIntegerField(default=0)
    refund_reason = models.CharField(max_length=200, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    attendance_at = models.DateTimeField("attendance marked", null=True, blank=True)
    attendance_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certificate_token = models.CharField(max_length=43, unique=True, default=new_token)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ("event", "asked_at", "pk")
        permissions = [
            ("cancel_booking", "Can cancel a booking, and refund more than its terms say"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place_number"],
                condition=Q(place_number__isnull=False),
                name="a_place_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(state__in=LIVE),
                name="one_live_booking_a_person_and_event",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=HOLDING,
                    place_number__isnull=False,
                    place_number__gte=1,
                    held_until__isnull=False,
                )
                | (~Q(state__in=HOLDING) & Q(place_number=None)),
                name="places_are_held_by_those_who_have_them",
            ),
            models.CheckConstraint(
                condition=Q(state="booked", invoice__isnull=False)
                | Q(state__in=("waiting", "offered"), invoice=None)
                | Q(state__in=("lapsed", "cancelled")),
                name="what_is_booked_has_its_invoice",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_at=None, ended_by=None, refund_pence=0)
                | Q(state__in=("lapsed", "cancelled"), ended_at__isnull=False),
                name="ended_bookings_have_their_moment",
            ),
            models.CheckConstraint(
                condition=Q(attended=None, attendance_at=None, attendance_by=None)
                | Q(
                    state="booked",
                    attended__isnull=False,
                    attendance_at__isnull=False,
                    attendance_by__isnull=False,
                ),
                name="attendance_is_marked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(difference_invoice=None) | Q(judged_at__isnull=False),
                name="differences_come_of_a_judgement",
            ),
        ]
        indexes = [
            models.Index(
                fields=["held_until"], condition=Q(state__in=HOLDING), name="booking_to_lapse"
            )
        ]

    def __str__(self) -> str:
        return f"booking {self.pk}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"Booking of {self.person}: {self.event}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def has_place(self) -> bool:
        return self.state in HOLDING

    @property
    def is_confirmed(self) -> bool:
        """Whether the place is paid: its invoice says so."""
        if self.state != Booking.State.BOOKED or self.invoice is None:
            return False
        credited = self.invoice.state == Invoice.State.CREDITED and self.judged_at is not None
        return self.invoice.state == Invoice.State.PAID or credited

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.state != Booking.State.BOOKED:
            return self.get_state_display()
        if self.attended:
            return "You came"
        return "Confirmed" if self.is_confirmed else "To be paid"

    @property
    def to_pay(self) -> Invoice | None:
        """The invoice that waits for money, if one does: the place, or the difference after it."""
        for invoice in (self.invoice, self.difference_invoice):
            if invoice is not None and invoice.is_payable:
                return invoice
        return None

    @property
    def reader(self) -> Person:
        """Who is written to: the account into which this one was merged, if it was."""
        return self.person.merged_into or self.person

    @property
    def path(self) -> str:
        """The address of its page for whoever booked: signed, so that no login is needed."""
        token = links.sign({"booking": self.pk}, purpose=LINK)
        return reverse("benefits:booking", args=[token])

    def is_held(self, at: dt.datetime) -> bool:
        return self.held_until is not None and at < self.held_until
