"""What became of somebody's newest payment through PayPal: one query, for the money card."""

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, Sum
from django.utils import timezone

from payments.card_words import Back
from payments.models import Account, Attempt, Dispute, Receipt, Refund

MADE = Q(refunds__state=Refund.State.COMPLETED)
OVER = "RESOLVED"
"""What PayPal calls a dispute that has ended."""


def of(accounts: Iterable[Account], newest: Receipt | None) -> Back | None:
    """None where all of it stayed, or where the newest receipt is for something else."""
    if newest is None:
        return None
    disputed = Dispute.objects.filter(attempt=OuterRef("pk")).exclude(status=OVER)
    paid = (
        Attempt.objects.filter(invoice__account__in=accounts, state__in=Attempt.PAID)
        .annotate(
            back=Sum("refunds__amount_pence", filter=MADE),
            back_at=Max("refunds__finished_at", filter=MADE),
            is_disputed=Exists(disputed),
        )
        .order_by("-started_at", "-pk")
        .first()
    )
    if paid is None or paid.invoice_id != newest.invoice_id:
        return None
    if not paid.back and not paid.is_disputed:
        return None
    return Back(
        paid_pence=paid.captured_pence,
        back_pence=paid.back or 0,
        on=timezone.localdate(paid.back_at) if paid.back_at else None,
        was_taken=paid.state == Attempt.State.REVERSED,
        is_disputed=paid.is_disputed,
    )
