"""What the office does next with an application, in one sentence."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from foundation.dates import in_words
from foundation.look import Status, Tone
from foundation.pence import pounds
from membership.lifecycle import Price
from membership.models import Application

State = Application.State


def status(application: Application, *, is_open: bool, fee: Price | None) -> Status:
    """How things stand, and the next step; the fee is the one an approval would fix."""
    if application.state == State.SUBMITTED:
        return _waiting_for_us(application, is_open, fee)
    words = _since(application)
    if application.state == State.MORE_INFORMATION:
        return Status(
            "More information needed",
            Tone.WAIT,
            "The applicant has been asked. It comes back here when they send it again.",
        )
    if application.state == State.OFFERED:
        return Status(words, Tone.WAIT, _until_answered(application))
    if application.state == State.APPROVED:
        return Status(words, Tone.GOOD, _until_paid(application))
    tone = Tone.GOOD if application.state == State.ACTIVATED else Tone.PLAIN
    return Status(words, tone, "Nothing is left to decide.")


def _waiting_for_us(application: Application, is_open: bool, fee: Price | None) -> Status:
    words = "Waiting for your decision"
    if fee is None:
        label = application.get_type_display()
        return Status(words, Tone.STOP, f"No fee is set for {label}. Set it in Fee rates first.")
    if is_open:
        return Status(
            words, Tone.ACT, "Finish what is open before approval, or ask the applicant for more."
        )
    return Status(
        words,
        Tone.ACT,
        f"Nothing is open. Decide; approving fixes the fee at {pounds(fee.pence)}.",
    )


def _since(application: Application) -> str:
    """“Declined by Olive Office on 3 May 2026 at 10:15”."""
    words = application.get_state_display()
    if application.decided_at is None:
        return words
    at = timezone.localtime(application.decided_at)
    decided = f"decided by {application.decided_by} on {in_words(at.date())} at {at:%H:%M}"
    return f"{words}, {decided}"


def _until_answered(application: Application) -> str:
    made = application.offers.open().first()
    if made is None:
        return ""
    return (
        f"{made.get_type_display()} was offered. The applicant agrees, or it comes back here; at "
        f"the latest after {in_words(made.expires_on)}."
    )


def _until_paid(application: Application) -> str:
    if application.decided_at is None:
        return ""
    ends_on = timezone.localdate(application.decided_at) + dt.timedelta(
        days=settings.APPROVAL_EXPIRES_DAYS
    )
    return (
        f"Waiting for the fee: the membership starts when it arrives. Unpaid, the approval ends "
        f"on {in_words(ends_on)}."
    )
