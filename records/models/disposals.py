"""Destruction by two people: what is proposed, who is asked to sign, and what is left of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from membership.models import Person
from records.disposal_words import GROUNDS, VERDICTS
from records.models.client_records import ClientRecord
from records.models.registers import Register
from records.words import choices


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def of(self, person: Person) -> "DisposalQuerySet":
        """What was proposed in the registers that a person works in."""
        return self.filter(register__in=Register.objects.of(person))

    def waiting(self) -> "DisposalQuerySet":
        """Those that lack the second signature."""
        return self.filter(ended_at=None)

    def for_officers(self) -> "DisposalQuerySet":
        """Those that the society is asked to sign."""
        return self.waiting().filter(way=Disposal.Way.OFFICER)


class Disposal(models.Model):
    """Records that somebody proposes to destroy: the first signature, until it ends somehow.

    `records.disposal` alone writes it.
    """

    class Way(models.TextChoices):
        COLLEAGUE = "colleague", "Another member named in this register"
        WITNESS = "witness", "A witness, by a link that works once"
        OFFICER = "officer", "An officer of the society"

    class Ending(models.TextChoices):
        SIGNED = "signed", "Signed by two people"
        WITHDRAWN = "withdrawn", "Taken back"
        DECLINED = "declined", "Not signed by the second person"
        RAN_OUT = "ran_out", "Not signed in time"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="disposals")
    because = models.TextField("why it is no longer needed", blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    way = models.CharField("who signs second", max_length=9, choices=Way.choices)
    shows_names = models.BooleanField("the officer sees name and references", default=False)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DisposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(
                    ended_at__isnull=False,
                    ending__in=["signed", "withdrawn", "declined", "ran_out"],
                ),
                name="disposal_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=(Q(ended_at=None) & ~Q(because=""))
                | Q(ended_at__isnull=False, because=""),
                name="disposal_has_a_reason_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(ending__in=["signed", "declined"]),
                name="disposal_is_signed_once_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(proposed_by=None) | ~Q(second_by=F("proposed_by")),
                name="nobody_signs_a_disposal_twice",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["colleague", "witness", "officer"])
                & (Q(shows_names=False) | Q(way="officer")),
                name="disposal_goes_a_known_way",
            ),
        ]

    def __str__(self) -> str:
        return f"disposal {self.pk}"

    @property
    def owner(self) -> Person:
        """Whose register it is about."""
        return self.register.owner

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None


class DisposalLine(models.Model):
    """One record of a disposal: what it was like when it was proposed, and what became of it."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="lines")
    record = models.ForeignKey(
        ClientRecord,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disposal_lines",
    )
    rule = models.CharField(max_length=8)
    kept_until = models.DateField("had to be kept until")
    ground = models.CharField(max_length=12, choices=choices(GROUNDS))
    facts = models.JSONField("facts when it was proposed", default=dict)
    settled_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=9, choices=choices(VERDICTS), blank=True)
    refused_because = models.TextField("why it was not destroyed", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(settled_at=None),
                name="one_open_disposal_a_record",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, verdict="", record__isnull=False)
                | Q(settled_at__isnull=False, verdict__in=[code.value for code in VERDICTS]),
                name="disposal_line_is_settled_with_a_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="destroyed") | Q(record=None),
                name="what_is_destroyed_has_no_record",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(facts={}),
                name="facts_are_forgotten_with_the_verdict",
            ),
            models.CheckConstraint(
                condition=(Q(verdict="refused") & ~Q(refused_because=""))
                | (~Q(verdict="refused") & Q(refused_because="")),
                name="disposal_line_is_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[code.value for code in GROUNDS]),
                name="disposal_ground_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"disposal line {self.pk}"


class Witness(models.Model):
    """Somebody from outside who is asked to sign second, by a link that works once.

    Of the link only a digest is kept: who reads the table cannot sign.
    """

    class Ending(models.TextChoices):
        SIGNED = "signed", "Signed"
        DECLINED = "declined", "Would rather not"
        REPLACED = "replaced", "Somebody else was asked"
        WITHDRAWN = "withdrawn", "The proposal was taken back"
        EXPIRED = "expired", "Did not answer in time"

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_on = models.DateField("last day of the link")
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disposal"], condition=Q(ended_at=None), name="one_witness_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="")
                | Q(
                    ended_at__isnull=False,
                    ending__in=["signed", "declined", "replaced", "withdrawn", "expired"],
                ),
                name="witness_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | ~(Q(email="") | Q(name="")),
                name="who_is_asked_to_witness_can_be_written_to",
            ),
            models.CheckConstraint(
                condition=~Q(token_digest=""), name="link_of_a_witness_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"witness {self.pk}"
