"""What money that went back means for the membership: a person decides, nobody is expelled."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.pence import pounds
from membership import lifecycle, post
from membership.models import Membership, User
from payments import invoicing, payer_links, settlement
from payments.models import Refund

Effect = Refund.Effect


class AlreadyDecided(ValueError):
    """Somebody said before what this refund means."""

    def __init__(self) -> None:
        super().__init__("It was decided before what this refund means for the membership.")


@transaction.atomic
def decide(
    refund_id: int, *, effect: Refund.Effect, by: User, at: dt.datetime, note: str
) -> Refund:
    """Say what money that went back without us means. Raises AlreadyDecided."""
    invoice_id = Refund.objects.values_list("attempt__invoice", flat=True).get(pk=refund_id)
    invoicing.lock(invoice_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.effect:
        raise AlreadyDecided
    refund.effect, refund.decided_at, refund.decided_by = effect, at, by
    refund.note = note
    refund.save()
    if refund.state == Refund.State.COMPLETED:
        follow(refund, at=at)
    return refund


def follow(refund: Refund, *, at: dt.datetime) -> None:
    """A refund is through: do what was decided, if it was, and write to the payer."""
    person = refund.attempt.invoice.payer
    words = f"{pounds(refund.amount_pence)} of {refund.attempt.ref}. {refund.note}".strip()
    verb = "money went back" if not refund.effect else "refund decided"
    history.record(person.history_key, verb, at=at, by=refund.decided_by, text=words)
    if not refund.effect:
        return
    settlement.credit_refunded(refund, at=at)
    membership = Membership.objects.filter(person=person).first()
    by = refund.decided_by
    ends = refund.effect == Effect.END and membership is not None and by is not None
    if ends and membership is not None and by is not None:
        fee = refund.attempt.invoice.fee
        lifecycle.end(membership_id=membership.pk, by=by, at=at, reason=refund.note, refunded=fee)
    if refund.origin != Refund.Origin.REVERSAL:
        _tell(refund, ends=ends, at=at)


def has_ended(membership: Membership) -> bool:
    """Whether the membership ended by a refund, and not because its member left. One query."""
    ended_on = membership.resigned_on
    if ended_on is None:
        return False
    found = Refund.objects.filter(
        attempt__invoice__account__person=membership.person_id,
        effect=Effect.END,
        state=Refund.State.COMPLETED,
    )
    newest = found.order_by("-finished_at", "-pk").first()
    if newest is None or newest.finished_at is None or newest.decided_at is None:
        return False
    return timezone.localdate(max(newest.finished_at, newest.decided_at)) == ended_on


def _tell(refund: Refund, *, ends: bool, at: dt.datetime) -> None:
    invoice = refund.attempt.invoice
    post.tell(
        invoice.payer,
        "refunded",
        key=f"refunded {refund.ref}",
        at=at,
        refund=refund,
        invoice=invoice,
        ends=ends,
        url=payer_links.to_invoice(invoice),
    )
