"""The only writer of witnesses: asking by a link that works once, reminding, replacing, ending.

The link is signed, and its secret is kept as a digest alone. A reminder carries a new link, and
the one before it stops working: there is never more than one that signs.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import letters, links
from records.models import Disposal, Witness

PURPOSE = "witness of a destruction"
LASTS = dt.timedelta(days=14)
REMIND_AFTER = dt.timedelta(days=5)
SECRET_BYTES = 24
ENDED = {
    Witness.Ending.SIGNED: "This link has been used: you have signed. Thank you.",
    Witness.Ending.DECLINED: "This link has been used: you would rather not sign.",
    Witness.Ending.REPLACED: "You need not sign any more: somebody else was asked.",
    Witness.Ending.WITHDRAWN: "You need not sign any more: the proposal was taken back.",
    Witness.Ending.EXPIRED: "This link has expired. Whoever asked you can send a new one.",
}


class UsedLink(links.LinkError):
    """The link was answered, or is not needed any more."""


def ask(disposal: Disposal, *, name: str, email: str, at: dt.datetime) -> Witness:
    """Write to a witness; whoever was asked before is no longer needed."""
    end(disposal, Witness.Ending.REPLACED, at=at)
    witness = Witness(
        disposal=disposal,
        name=name,
        email=email,
        asked_at=at,
        expires_on=timezone.localdate(at + LASTS),
    )
    secret = _give_secret(witness)
    _write(witness, secret, at=at)
    return witness


def find(token: str) -> Witness:
    """Whose link it is, while it may be signed. Raises foundation.links.LinkError with words."""
    # A day more than the link lasts: the last day is a whole one, and read off the row.
    carried = links.read(token, purpose=PURPOSE, lasts=LASTS + dt.timedelta(days=1))
    found = Witness.objects.select_related("disposal__register__owner", "disposal__proposed_by")
    witness = found.filter(pk=carried["witness"]).first()
    if witness is None:
        raise UsedLink("This link no longer works.")
    if witness.ended_at is not None:
        raise UsedLink(ENDED[Witness.Ending(witness.ending)])
    if not secrets.compare_digest(witness.token_digest, _digest(carried["secret"])):
        raise UsedLink("A newer letter has a newer link. Please use that one.")
    if timezone.localdate() > witness.expires_on:
        raise links.ExpiredLink(ENDED[Witness.Ending.EXPIRED])
    return witness


def end(disposal: Disposal, ending: str, *, at: dt.datetime) -> None:
    """The link of whoever is asked at the moment stops working."""
    disposal.witnesses.filter(ended_at=None).update(ended_at=at, ending=ending)


@transaction.atomic
def remind(witness_id: int, *, at: dt.datetime) -> bool:
    """Write once more, with a new link for the old one; False where that is not due."""
    witness = (
        Witness.objects.select_for_update(of=("self",))
        .select_related("disposal__register__owner")
        .get(pk=witness_id)
    )
    is_due = witness.asked_at + REMIND_AFTER <= at
    if witness.ended_at or witness.reminded_at or not is_due:
        return False
    witness.reminded_at = at
    secret = _give_secret(witness)
    _write(witness, secret, at=at)
    return True


def _give_secret(witness: Witness) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    witness.token_digest = _digest(secret)
    witness.save()
    return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _write(witness: Witness, secret: str, *, at: dt.datetime) -> None:
    token = links.sign({"witness": witness.pk, "secret": secret}, purpose=PURPOSE)
    again = witness.reminded_at is not None
    letters.queue(
        "disposal_witness",
        key=f"disposal_witness:{witness.pk}:{int(again)}",
        to=witness.email,
        at=at,
        context={
            "witness": witness,
            "asker": witness.disposal.owner,
            "again": again,
            "link": links.absolute(reverse("records:witness", args=[token])),
        },
    )
