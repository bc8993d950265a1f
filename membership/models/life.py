"""What goes along with a membership: dates that are watched, and the card that shows it."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.dates import add_months
from membership.models.people import Person, User
from membership.models.standing import Membership

TOKEN_BYTES = 24


class Assurance(models.Model):
    """Insurance or a DBS check, by its date alone: no certificate, number or result is kept."""

    class Kind(models.TextChoices):
        INDEMNITY = "indemnity", "Professional indemnity insurance"
        DBS = "dbs", "DBS check"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assurances")
    kind = models.CharField(max_length=10, choices=Kind)
    dated_on = models.DateField(
        "date", help_text="The last day of the insurance, or the day of the DBS check."
    )
    told_at = models.DateTimeField("told on")
    checked_on = models.DateField("seen by the office on", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("person", "kind")
        verbose_name = "insurance or DBS date"
        permissions = [("check_assurance", "Can note that an insurance or DBS date was seen")]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_date_a_person_and_kind"),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by=None)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="a_seen_date_names_who_saw_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of person {self.person_id}"

    @property
    def good_until(self) -> dt.date:
        """The last day of the insurance, or the eve of the day on which a new check is due."""
        if self.kind == self.Kind.INDEMNITY:
            return self.dated_on
        return add_months(self.dated_on, settings.DBS_RECHECK_MONTHS) - dt.timedelta(days=1)


def new_token() -> str:
    """192 bits: nobody guesses it, and there is nothing in it to read."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Card(models.Model):
    """The address under which anybody may ask how a membership stands; a new one ends the old."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="card")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(token=""), name="card_has_a_token")]

    def __str__(self) -> str:
        return f"card of {self.membership}"
