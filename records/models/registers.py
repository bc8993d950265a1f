"""A register of client records: whose it is, who shares it, and the terms it is kept under."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from membership.models import Person


class RegisterQuerySet(models.QuerySet["Register"]):
    def kept(self) -> "RegisterQuerySet":
        """Those that are not closed."""
        return self.exclude(state=Register.State.CLOSED)

    def of(self, person: Person) -> "RegisterQuerySet":
        """The registers that a person works in: their own, and those that name them."""
        named = NamedMember.objects.in_force().filter(register=OuterRef("pk"), person=person)
        return self.kept().filter(Q(owner=person) | Exists(named))

    def without_anybody(self) -> "RegisterQuerySet":
        """Those whose owner has died and that are offered to nobody: the office looks for one."""
        open_offer = HandoverOffer.objects.filter(register=OuterRef("pk"), settled_at=None)
        died = self.filter(state=Register.State.LEAVING, leaving_because=Register.Leaving.DIED)
        return died.exclude(Exists(open_offer))

    def owned_by(self, person: Person) -> "RegisterQuerySet":
        return self.kept().filter(owner=person)


class Register(models.Model):
    """The client records of one firm, or of one member who works alone.

    It belongs to one person and may name others. `handing_over` alone writes its state.
    """

    class State(models.TextChoices):
        OPEN = "open", "In use"
        LEAVING = "leaving", "Its owner is leaving"
        CLOSED = "closed", "Closed"

    class Leaving(models.TextChoices):
        RESIGNED = "resigned", "resigned"
        LAPSED = "lapsed", "membership lapsed"
        DIED = "died", "died"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registers")
    name = models.CharField("organisation", max_length=120, blank=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    leaving_since = models.DateField("owner is leaving since", null=True, blank=True)
    leaving_because = models.CharField(max_length=8, choices=Leaving.choices, blank=True)
    exported_at = models.DateTimeField("last export of everything", null=True, blank=True)
    exported_digest = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_records = models.PositiveIntegerField("records at its closing", null=True, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        permissions = [("offer_register", "Can offer a register that has nobody to a member")]
        verbose_name = "register of client records"
        verbose_name_plural = "registers of client records"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", leaving_since=None, leaving_because="")
                | Q(state="closed")
                | (
                    Q(state="leaving", leaving_since__isnull=False)
                    & Q(leaving_because__in=["resigned", "lapsed", "died"])
                ),
                name="register_says_why_its_owner_leaves",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_records__isnull=False)
                | (Q(state__in=["open", "leaving"], closed_at=None, closed_records=None)),
                name="register_is_closed_with_its_day_and_count",
            ),
            models.CheckConstraint(
                condition=Q(exported_at=None, exported_digest="")
                | (Q(exported_at__isnull=False) & ~Q(exported_digest="")),
                name="register_export_has_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"register {self.pk}"

    @property
    def history_key(self) -> str:
        """What the register's chain of history is filed under."""
        return f"register {self.key}"

    @property
    def title(self) -> str:
        """What its people call it."""
        return self.name or f"Register of {self.owner}"


class NamedMemberQuerySet(models.QuerySet["NamedMember"]):
    def in_force(self) -> "NamedMemberQuerySet":
        """Those who have accepted and are still named."""
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def asked(self) -> "NamedMemberQuerySet":
        """Those who have not answered yet."""
        return self.filter(accepted_at=None, ended_at=None)


class NamedMember(models.Model):
    """A member whom the owner of a register has named, from the asking to the end."""

    class End(models.TextChoices):
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "the invitation was taken back"
        EXPIRED = "expired", "did not answer"
        REMOVED = "removed", "was removed"
        LEFT = "left", "left the register"
        NO_MEMBER = "no_member", "is no longer a member"
        NOW_OWNER = "now_owner", "took the register over"
        CLOSED = "closed", "the register was closed"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="named")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_in")
    asked_at = models.DateTimeField("invited")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField("how it ended", max_length=9, choices=End.choices, blank=True)

    objects = NamedMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "person"],
                condition=Q(ended_at=None),
                name="named_once_in_a_register",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="naming_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=(Q(accepted_at=None) | Q(accepted_at__gte=F("asked_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("asked_at"))),
                name="naming_is_answered_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"named member {self.pk}"


class HandoverOffer(models.Model):
    """A register that is offered to a member; by the portal where its owner has left."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "taken over"
        DECLINED = "declined", "declined"
        EXPIRED = "expired", "not answered"
        WITHDRAWN = "withdrawn", "taken back"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registers_offered")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_portal = models.BooleanField("offered because the owner left", default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register"],
                condition=Q(settled_at=None),
                name="register_is_offered_to_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="")
                | (Q(settled_at__isnull=False, settled_at__gte=F("offered_at")) & ~Q(outcome="")),
                name="offer_is_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class TermsAcceptance(models.Model):
    """That somebody accepted a version of the terms for a register; once a version and person."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="acceptances")
    version = models.CharField(max_length=20)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "version", "accepted_by"], name="terms_accepted_once"
            ),
            models.CheckConstraint(condition=~Q(version=""), name="terms_have_a_version"),
        ]

    def __str__(self) -> str:
        return f"terms {self.version} of register {self.register_id}"
