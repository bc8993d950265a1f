"""Events: what, when, where, for how many, at which prices, and the terms of cancelling."""

import datetime as dt

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from membership.models import User


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> "EventQuerySet":
        """What everybody may read; a cancelled one says that it is."""
        return self.exclude(state=Event.State.DRAFT)

    def taking_place(self) -> "EventQuerySet":
        return self.filter(state=Event.State.PUBLISHED)

    def upcoming(self, at: dt.datetime) -> "EventQuerySet":
        """Not over yet, the next one first."""
        return self.public().filter(ends_at__gte=at).order_by("starts_at", "pk")

    def past(self, at: dt.datetime) -> "EventQuerySet":
        """Over, the latest first; what was cancelled did not take place."""
        return self.taking_place().filter(ends_at__lt=at).order_by("-starts_at", "-pk")

    def counted(self) -> "EventQuerySet":
        """Each with `taken`, its places that are held, and `waiting`, who waits for one."""
        held = Q(bookings__place_number__isnull=False)
        return self.annotate(
            taken=Count("bookings", filter=held),
            waiting=Count("bookings", filter=Q(bookings__state="waiting")),
        )


class Event(models.Model):
    """One event. The office writes its words; `events.py` alone writes its state."""

    class Kind(models.TextChoices):
        STUDY_DAY = "study_day", "Study day"
        WEBINAR = "webinar", "Webinar"
        CONFERENCE = "conference", "Conference and AGM"
        AWARDS = "awards", "Awards lunch"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=100)
    slug = models.SlugField(max_length=80, unique=True, help_text="The end of its address.")
    summary = models.CharField(max_length=300, help_text="One or two sentences, for lists.")
    text = models.TextField(help_text="Markdown: ## for a heading, **bold**, - for a list.")
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(
        max_length=200, blank=True, help_text="Where people go. Leave it empty for a webinar."
    )
    online_link = models.CharField(
        blank=True,
        max_length=300,
        validators=[URLValidator(schemes=["https"], message="Enter a whole https:// address.")],
        help_text="Shown and sent only to those whose place is paid.",
    )
    places = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many people there is room for; empty: no limit."
    )
    member_pence = models.PositiveIntegerField("price for members")
    other_pence = models.PositiveIntegerField("price for everybody else")
    booking_opens_at = models.DateTimeField(
        "booking opens", null=True, blank=True, help_text="Empty: as soon as it is published."
    )
    booking_closes_at = models.DateTimeField(
        "booking closes", null=True, blank=True, help_text="Empty: when it starts."
    )
    cpd_minutes = models.PositiveSmallIntegerField(
        "CPD in minutes", default=0, help_text="90 is one hour and a half. Printed on certificates."
    )
    full_refund_days = models.PositiveSmallIntegerField(
        "days before it, up to which all is refunded", default=28
    )
    half_refund_days = models.PositiveSmallIntegerField(
        "days before it, up to which half is refunded", default=14
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancel_reason = models.CharField(max_length=300, blank=True, editable=False)
    judged_at = models.DateTimeField(
        null=True, editable=False, help_text="When prices were looked at again, after it."
    )

    history = HistoricalRecords()
    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        permissions = [
            ("publish_event", "Can publish an event, and cancel it for everybody"),
            ("mark_attendance", "Can mark who came to an event"),
            ("export_attendees", "Can download the list of those who come to an event"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="events_end_after_they_start"
            ),
            models.CheckConstraint(
                condition=Q(half_refund_days__lte=F("full_refund_days")),
                name="half_is_refunded_no_earlier_than_all",
            ),
            models.CheckConstraint(
                condition=Q(member_pence__lte=F("other_pence")),
                name="members_pay_no_more_than_others",
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1), name="events_have_room_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(booking_opens_at=None)
                | Q(booking_closes_at=None)
                | Q(booking_closes_at__gt=F("booking_opens_at")),
                name="booking_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="published", published_at__isnull=False)
                | Q(state="cancelled", published_at__isnull=False),
                name="what_is_out_was_published",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False
                )
                & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at=None, cancelled_by=None, cancel_reason=""),
                name="cancelled_events_say_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("benefits:event", args=[self.slug])

    @property
    def day(self) -> dt.date:
        """The day by which prices are judged, and from which refunds are counted."""
        return timezone.localdate(self.starts_at)

    @property
    def closes_at(self) -> dt.datetime:
        return self.booking_closes_at or self.starts_at

    @property
    def is_free(self) -> bool:
        return not self.other_pence

    @property
    def is_cancelled(self) -> bool:
        return self.state == Event.State.CANCELLED

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can be booked at a moment, as far as its dates say."""
        opens = self.booking_opens_at is None or self.booking_opens_at <= at
        return self.state == Event.State.PUBLISHED and opens and at < self.closes_at
