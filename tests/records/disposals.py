"""Proposes records for destruction, for the tests of this room."""

import re

from foundation.models import Letter
from records.disposal import proposing, signing
from records.disposal.proposing import Second
from records.models import Certificate, Disposal
from tests.factories import A_MOMENT, make_officer
from tests.records.records import make_due_record

WITNESS = Second(Disposal.Way.WITNESS, "Wanda Witness", "wanda@example.org")
OFFICER = Second(Disposal.Way.OFFICER)
BECAUSE = "Nobody has asked for it in years."


def propose(*records, second=WITNESS, at=A_MOMENT, by=None) -> Disposal:
    """The owner of these due records signs first; without any, a new one is made."""
    records = records or (make_due_record(),)
    owner = records[0].owner
    return proposing.propose(
        record_ids=[record.pk for record in records],
        because=BECAUSE,
        second=second,
        by=by or owner.user,
        at=at,
    )


def destroyed(*records, at=A_MOMENT) -> Certificate:
    """The certificate of a record that an officer signed for."""
    disposal = propose(*records, second=OFFICER, at=at)
    signing.sign(disposal_id=disposal.pk, by=make_officer(), at=at)
    return Certificate.objects.filter(line__disposal=disposal).order_by("pk").first()


def link_in(to="wanda@example.org", kind="disposal_witness") -> str:
    """The path of the newest link that was written to somebody."""
    letter = Letter.objects.filter(to=to, kind=kind).order_by("-pk").first()
    return re.search(r"https?://[^/\s]+(/records/witness/\S+)", letter.text)[1]


def token_in(to="wanda@example.org") -> str:
    return link_in(to).removeprefix("/records/witness/").strip("/")
