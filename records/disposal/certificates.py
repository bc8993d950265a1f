"""Certificates of destruction: issued with a number, proved by the sealed history, found again."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from foundation import history, history_file, links, seals
from foundation.counters import next_number
from foundation.dates import in_words
from foundation.models import AnchoredHead, Event
from membership.models import Person, User
from records import pseudonyms
from records.disposal_words import EXEMPT, Method, Role
from records.models import Certificate, ClientRecord, DisposalLine

PREFIX = "CMSD"
DESTROYED = "destroyed"
FILE_DESTROYED = "file confirmed as destroyed"
SALT = "cmsuk.destroyed reference"


class IsConfirmed(ValueError):
    """What became of the file is said once."""

    def __init__(self) -> None:
        super().__init__("What became of the file was already confirmed.")


class DayNotPossible(ValueError):
    """The file cannot have been destroyed on that day; the text says why."""


@dataclass(frozen=True)
class Proof:
    """What the sealed history says of a certificate."""

    is_sound: bool
    line: int
    digest: str
    anchored_on: dt.date | None


def issue(
    record: ClientRecord,
    line: DisposalLine,
    *,
    first: Role,
    second: Role,
    by: User | None,
    at: dt.datetime,
) -> Certificate:
    """Number a destruction and seal it as a line of the record's own history."""
    on = timezone.localdate(at)
    certificate = Certificate(
        number=_next_number(on.year),
        record_key=record.key,
        register=record.register,
        line=line,
        reference_digest=_digest(record.reference, record.key.hex, settings.SECRET_KEY),
        rule=line.rule,
        rule_set=record.rule_set,
        ground=line.ground,
        kept_until=line.kept_until,
        destroyed_on=on,
        destroyed_at=at,
        first_role=first,
        second_role=second,
    )
    certificate.save(force_insert=True)
    # What the lines before told of the client goes; the chain still verifies without the words.
    history.erase_text(certificate.history_key)
    history.record(certificate.history_key, DESTROYED, at=at, by=by, text=statement(certificate))
    return certificate


def statement(certificate: Certificate) -> str:
    """What is sealed; whoever changes the certificate afterwards makes the two differ."""
    told = certificate
    return (
        f"{told.number}: destroyed on {told.destroyed_on.isoformat()}; rule {told.rule} of "
        f"{told.rule_set}, kept until {told.kept_until.isoformat()}, {told.ground}; signed by "
        f"{told.first_role} and {told.second_role}; verified under {told.token}; reference "
        f"{told.reference_digest}"
    )


@transaction.atomic
def confirm_file(
    *,
    certificate_id: int,
    method: str,
    destroyed_on: dt.date,
    exempt: Collection[str],
    by: User,
    at: dt.datetime,
) -> Certificate:
    """Note how and when the owner destroyed the file itself, and what they kept all the same.

    Raises IsConfirmed, or DayNotPossible for a day before the signatures or after today.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    if certificate.file_confirmed_at is not None:
        raise IsConfirmed
    if destroyed_on < certificate.destroyed_on:
        signed = in_words(certificate.destroyed_on)
        raise DayNotPossible(f"Both signed on {signed}: enter that day or a later one.")
    if destroyed_on > timezone.localdate(at):
        raise DayNotPossible("That day is still to come. Confirm it once it is done.")
    certificate.file_method = Method(method).value
    certificate.file_destroyed_on = destroyed_on
    certificate.file_exempt = [code for code in EXEMPT if code in exempt]
    certificate.file_confirmed_at = at
    certificate.save()
    history.record(
        certificate.history_key, FILE_DESTROYED, at=at, by=by, text=file_statement(certificate)
    )
    return certificate


def file_statement(certificate: Certificate) -> str:
    """What is sealed of the confirmation."""
    day = certificate.file_destroyed_on
    kept = ", ".join(certificate.file_exempt) or "nothing"
    return f"{certificate.file_method} on {day.isoformat() if day else ''}; kept: {kept}"


def prove(certificate: Certificate) -> Proof:
    """Verify the record's chain with its anchors, and that it says what the certificate says."""
    key = certificate.history_key
    faults = list(seals.faults_of(history_file.of_subjects([key]), anchors=0))
    event = Event.objects.filter(chain=key, verb=DESTROYED).first()
    confirmed = Event.objects.filter(chain=key, verb=FILE_DESTROYED).first()
    is_told = event is not None and event.text == statement(certificate)
    wanted = file_statement(certificate) if certificate.file_confirmed_at else None
    is_told = is_told and (confirmed.text if confirmed else None) == wanted
    return Proof(
        is_sound=not faults and is_told,
        line=event.number if event else 0,
        digest=event.digest if event else "",
        anchored_on=_anchored_on(key),
    )


def is_of(certificate: Certificate, reference: str) -> bool:
    """Whether it certifies the destruction of this reference, which the portal no longer has."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    told = (_digest(reference, certificate.record_key.hex, str(key)) for key in keys)
    return any(constant_time_compare(certificate.reference_digest, each) for each in told)


def find(person: Person, reference: str) -> Certificate | None:
    """The newest certificate of a person's registers for a reference that they remember."""
    tidied = pseudonyms.tidy(reference)
    own = Certificate.objects.of(person)
    return next((each for each in own.iterator() if is_of(each, tidied)), None)


def address_of(certificate: Certificate) -> str:
    """Where anybody verifies it: the whole address, for the QR code."""
    return links.absolute(reverse("records:verify", args=[certificate.token]))


def _digest(reference: str, salt: str, secret: str) -> str:
    """Proves a reference to who knows it; without the portal's secret nobody can try them all."""
    told = f"{salt} {pseudonyms.tidy(reference).casefold()}"
    return salted_hmac(SALT, told, secret=secret, algorithm="sha256").hexdigest()


def _next_number(year: int) -> str:
    """The next one of the society's own row of numbers for the year, without a gap."""
    return f"{PREFIX}-{year}-{next_number(f'certificates of {year}'):04d}"


def _anchored_on(key: str) -> dt.date | None:
    """The night on which the newest line was last held by an anchor."""
    held = AnchoredHead.objects.filter(chain=key).order_by("-anchor").first()
    if held is None:
        return None
    line = Event.objects.filter(chain=seals.ANCHORS, number=held.anchor).first()
    return timezone.localdate(line.at) if line else None
