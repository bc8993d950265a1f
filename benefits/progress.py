"""How far an announcement is: numbers alone, nobody's name."""

from dataclasses import dataclass

from django.db.models import Count, Q

from benefits.models import Announcement, Recipient
from foundation.look import Bar

State, Reason = Recipient.State, Recipient.Reason


@dataclass(frozen=True)
class Progress:
    """What became of the recipients; those who left did so by the letter's link."""

    recipients: int
    sent: int
    waiting: int
    refused: int
    came_back: int
    unsubscribed: int
    no_member: int
    not_written: int
    left: int

    @property
    def is_empty(self) -> bool:
        """None yet; or it is so long ago that nobody knows who they were."""
        return not self.recipients

    @property
    def bar(self) -> Bar:
        """How many are through, whatever came of their letters."""
        done = self.recipients - self.waiting
        words = f"{done:,} of {self.recipients:,} letters"
        return Bar("It is being sent", done, self.recipients, words)


def of(announcement: Announcement) -> Progress:
    """One query."""
    went = Q(letter__sent_at__isnull=False)
    refused = Q(letter__refused_at__isnull=False)
    written = Q(state=State.WRITTEN)
    found = announcement.recipients.aggregate(
        recipients=Count("pk"),
        sent=Count("pk", filter=went & Q(letter__returned_at=None)),
        waiting=Count("pk", filter=Q(state=State.WAITING) | (written & ~went & ~refused)),
        refused=Count("pk", filter=written & refused),
        came_back=Count("pk", filter=Q(letter__returned_at__isnull=False)),
        unsubscribed=Count("pk", filter=Q(reason=Reason.UNSUBSCRIBED)),
        no_member=Count("pk", filter=Q(reason=Reason.NO_MEMBER)),
        not_written=Count("pk", filter=Q(reason=Reason.NOT_WRITTEN)),
        left=Count("pk", filter=Q(left_at__isnull=False)),
    )
    return Progress(**found)
