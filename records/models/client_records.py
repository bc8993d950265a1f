"""Pseudonymous client records, what holds them, and what waits for a person."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from membership.models import Person
from records.models.registers import Register
from records.retention import Status
from records.retention_facts import Capacity
from records.retention_rules import LACKS_CAPACITY
from records.words import CAPACITIES, CATEGORIES, HOLD_KINDS, STATUSES, choices

# Plain words, so that migrations do not lean on the rules.
DATED = (Status.RETAIN.value, Status.DUE_FOR_REVIEW.value)
AT_REST = (Status.RETAIN.value, Status.ACTIVE.value)
UNDATED = (Status.ACTIVE.value, Status.NEEDS_INFORMATION.value, Status.INVALID.value)
MOST_REMINDERS = 5
"""To the owner three times, to the named members once, to the office once."""
FOR_A_PERSON = (Status.DUE_FOR_REVIEW.value, Status.INDEFINITE_REVIEW.value)


class ClientRecordQuerySet(models.QuerySet["ClientRecord"]):
    def of(self, person: Person) -> "ClientRecordQuerySet":
        """What a person may see and work on: their own registers and those that name them."""
        return self.filter(register__in=Register.objects.of(person))

    def owned_by(self, person: Person) -> "ClientRecordQuerySet":
        """What is a person's to answer for."""
        return self.filter(register__owner=person)

    def overtaken(self, on: dt.date) -> "ClientRecordQuerySet":
        """Records whose stored answer time has overtaken."""
        return self.filter(look_again_on__lte=on)

    def not_at_rest(self) -> "ClientRecordQuerySet":
        """Records that are neither simply kept nor still in use."""
        return self.exclude(status__in=AT_REST)

    def waiting(self, on: dt.date) -> "ClientRecordQuerySet":
        """Records that a person must look at, and nobody has put off to a later day."""
        return self.filter(
            Q(extended_until=None) | Q(extended_until__lt=on),
            status__in=FOR_A_PERSON,
        )

    @staticmethod
    def put_off_until(on: dt.date) -> Q:
        """Records that would wait, had their owners not put them off to this day or a later one."""
        return Q(extended_until__gte=on, status__in=FOR_A_PERSON)

    def with_open_things(self) -> "models.QuerySet[Any]":
        """Each with its number of open holds, and whether a review of it is open."""
        reviews = Review.objects.filter(record=OuterRef("pk"), settled_at=None)
        return self.annotate(
            open_holds=Count("holds", filter=Q(holds__resolved_on=None)),
            has_open_review=Exists(reviews),
        )


class ClientRecord(models.Model):
    """One file of a member's organisation, by a reference that only they can read.

    The answer (from `status` down to `look_again_on`) is written by `reckoning` alone.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="records")
    reference = models.CharField(max_length=40)
    born_on = models.DateField("date of birth", null=True, blank=True)
    capacity = models.CharField(
        max_length=10, choices=choices(CAPACITIES), default=Capacity.UNKNOWN.value
    )
    category = models.CharField(max_length=20, choices=choices(CATEGORIES), blank=True)
    care_concluded_on = models.DateField("end of care", null=True, blank=True)
    last_contact_on = models.DateField("last contact", null=True, blank=True)
    died_on = models.DateField("date of death", null=True, blank=True)
    known_on = models.DateField("date of knowledge", null=True, blank=True)
    added_at = models.DateTimeField(editable=False)

    extended_until = models.DateField("kept longer until", null=True, blank=True)
    extended_because = models.TextField("reason for keeping it longer", blank=True)

    status = models.CharField(max_length=20, choices=choices(STATUSES))
    retain_until = models.DateField(null=True, blank=True)
    rule = models.CharField(max_length=8)
    rule_set = models.CharField(max_length=20)
    reason = models.TextField()
    computed_on = models.DateField()
    look_again_on = models.DateField(null=True, blank=True)

    objects = ClientRecordQuerySet.as_manager()

    class Meta:
        permissions = [("dispose_record", "Can sign the destruction of a client record")]
        constraints = [
            models.UniqueConstraint(
                "register", Lower("reference"), name="record_reference_once_a_register"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="record_has_a_reference"),
            models.CheckConstraint(
                condition=Q(status__in=[code.value for code in STATUSES])
                & Q(capacity__in=[code.value for code in CAPACITIES])
                & Q(category__in=["", *(code.value for code in CATEGORIES)]),
                name="record_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DATED, retain_until__isnull=False)
                | Q(status__in=UNDATED, retain_until=None)
                | Q(status=Status.INDEFINITE_REVIEW.value, retain_until=None)
                | Q(status=Status.ON_HOLD.value, retain_until__isnull=False)
                | Q(status=Status.ON_HOLD.value, retain_until=None, rule=LACKS_CAPACITY.code),
                name="record_has_a_date_where_its_status_does",
            ),
            models.CheckConstraint(
                condition=Q(extended_until=None, extended_because="")
                | (Q(extended_until__isnull=False) & ~Q(extended_because="")),
                name="record_is_kept_longer_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(born_on=None)
                | (
                    (Q(care_concluded_on=None) | Q(care_concluded_on__gte=F("born_on")))
                    & (Q(last_contact_on=None) | Q(last_contact_on__gte=F("born_on")))
                    & (Q(died_on=None) | Q(died_on__gte=F("born_on")))
                    & (Q(known_on=None) | Q(known_on__gte=F("born_on")))
                ),
                name="record_has_nothing_before_birth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_again_on"],
                name="record_to_look_at_again",
                condition=Q(look_again_on__isnull=False),
            ),
            models.Index(
                fields=["status"],
                name="record_not_at_rest",
                condition=~Q(status__in=AT_REST),
            ),
            models.Index(
                fields=["register", "extended_until"],
                name="record_that_waits",
                condition=Q(status__in=FOR_A_PERSON),
            ),
        ]

    def __str__(self) -> str:
        return f"client record {self.pk}"

    @property
    def history_key(self) -> str:
        """What the record's chain of history is filed under."""
        return f"client record {self.key}"

    @property
    def owner(self) -> Person:
        """Whose register it stands in."""
        return self.register.owner

    @property
    def is_indefinite(self) -> bool:
        return self.rule == LACKS_CAPACITY.code


class Hold(models.Model):
    """A complaint, case, concern or inquiry: while one is open, nothing is destroyed."""

    record = models.ForeignKey(ClientRecord, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=12, choices=choices(HOLD_KINDS))
    opened_on = models.DateField("day it was opened")
    resolved_on = models.DateField("day it was resolved", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "opened_on"],
                condition=Q(resolved_on=None),
                name="one_open_hold_of_a_kind_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(resolved_on=None) | Q(resolved_on__gte=F("opened_on")),
                name="hold_is_resolved_after_it_is_opened",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[code.value for code in HOLD_KINDS]), name="hold_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} hold {self.pk}"


class Review(models.Model):
    """A record that waits for a person: to be kept longer, held, or done with outside."""

    class Why(models.TextChoices):
        PERIOD_OVER = "period_over", "The period is over"
        INDEFINITE = "indefinite", "Kept without an end: is it still needed?"

    class Outcome(models.TextChoices):
        KEPT_LONGER = "kept_longer", "Kept longer"
        NOT_DUE = "not_due", "No longer due"

    record = models.ForeignKey(ClientRecord, on_delete=models.PROTECT, related_name="reviews")
    why = models.CharField(max_length=12, choices=Why.choices)
    queued_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reminders = models.PositiveSmallIntegerField("reminders sent", default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(settled_at=None), name="one_open_review_a_record"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="review_is_settled_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reminders__lte=MOST_REMINDERS), name="review_reminders_end"
            ),
        ]

        indexes = [
            models.Index(
                fields=["queued_on"],
                name="review_to_remind_of",
                condition=Q(settled_at=None, reminders__lt=MOST_REMINDERS),
            )
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class ScheduleRun(models.Model):
    """One run of the schedule, in counts only: what the office may know of client records."""

    judged_on = models.DateField("for the day")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    dated_anew = models.PositiveIntegerField("dated anew by changed rules", default=0)
    judged_again = models.PositiveIntegerField("judged again because of their day", default=0)
    due_for_review = models.PositiveIntegerField(default=0)
    kept_without_end = models.PositiveIntegerField(default=0)
    reviews_queued = models.PositiveIntegerField("reviews queued", default=0)
    reviews_closed = models.PositiveIntegerField("reviews no longer due", default=0)
    queued_before = models.PositiveIntegerField("not queued: waits already", default=0)
    put_off = models.PositiveIntegerField("not queued: kept longer", default=0)
    on_hold = models.PositiveIntegerField("not queued: on hold", default=0)
    facts_missing = models.PositiveIntegerField("not judged: facts missing", default=0)
    to_correct = models.PositiveIntegerField("not judged: dates to correct", default=0)

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="schedule_run_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"run for {self.judged_on}"
