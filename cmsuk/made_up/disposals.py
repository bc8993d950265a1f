"""Made-up destructions: one signed with its certificate, three that wait, each in its way."""

import datetime as dt

from django.utils import timezone

from foundation.dates import add_months
from membership.models import Person, User
from records import register
from records.disposal import certificates, proposing, signing
from records.disposal.proposing import Second
from records.models import Certificate, Disposal, Register

BECAUSE = "Closed long ago; nobody has asked for it since."
WAYS = {
    "FILE-0010": Second(Disposal.Way.OFFICER),
    "FILE-0011": Second(Disposal.Way.WITNESS, "Wanda Witness", "wanda.witness@example.org"),
    "FILE-0012": Second(Disposal.Way.OFFICER),
    "FILE-0013": Second(Disposal.Way.COLLEAGUE),
}


def make(owner: Person, *, officer: User, at: dt.datetime) -> None:
    """In the owner's register: the first is destroyed, the others wait."""
    found = Register.objects.owned_by(owner).get()
    proposed = [_propose(found, reference, at=at) for reference in WAYS]
    signing.sign(disposal_id=proposed[0].pk, by=officer, at=at)
    certificate = Certificate.objects.get(register=found)
    certificates.confirm_file(
        certificate_id=certificate.pk,
        method="shredded",
        destroyed_on=timezone.localdate(at),
        exempt=["backups"],
        by=_login(owner),
        at=at,
    )


def _propose(into: Register, reference: str, *, at: dt.datetime) -> Disposal:
    by = _login(into.owner)
    facts = {
        "reference": reference,
        "born_on": dt.date(1962, 8, 7),
        "capacity": "has",
        "category": "general",
        "care_concluded_on": add_months(timezone.localdate(at), -12 * 10),
        "last_contact_on": None,
        "died_on": None,
        "known_on": None,
    }
    record = register.add(register=into, facts=facts, by=by, at=at)
    return proposing.propose(
        record_ids=[record.pk], because=BECAUSE, second=WAYS[reference], by=by, at=at
    )


def _login(owner: Person) -> User:
    if owner.user is None:
        raise ValueError("Made-up members have a login.")
    return owner.user
