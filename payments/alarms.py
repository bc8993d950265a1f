"""What a person of the office must look at, told once by letter and kept on the office's lists."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from foundation import letters, links
from membership.models import User
from payments.models import Attempt, Dispute
from payments.words import reason_in_words


def tell_office(attempt: Attempt, reason: str, *, at: dt.datetime, about: str = "") -> None:
    """One letter for one thing: `about` tells several of the same reason apart."""
    letters.to_office(
        "office_payment_alert",
        key=f"office payment alert {attempt.ref} {reason} {about}".strip(),
        at=at,
        attempt=attempt,
        reason=reason_in_words(reason),
        url=links.absolute(reverse("admin:payments_attempt_change", args=[attempt.pk])),
    )


@transaction.atomic
def deal_with(waiting: Attempt | Dispute, *, by: User, at: dt.datetime, note: str) -> bool:
    """Sign that something was put right, and how; False where somebody did so before."""
    row = type(waiting).objects.select_for_update().get(pk=waiting.pk)
    if row.dealt_at is not None:
        return False
    row.dealt_at, row.dealt_by, row.dealt_note = at, by, note.strip()
    row.save(update_fields=["dealt_at", "dealt_by", "dealt_note"])
    return True
