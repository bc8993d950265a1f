"""The way out for a register whose owner has died and that no member takes over.

One officer says who looks after the owner's affairs, and why; another agrees. That person takes
everything out as a file, by a link; then the register is closed. No officer sees a record, and
without a file in somebody's hands nothing goes: a register that nobody takes stays as it is.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from membership.models import User
from records import closing, export, handing_over
from records.disposal.people import is_address_of, is_same
from records.models import Register, Release

PURPOSE = "release of a register"
LASTS = dt.timedelta(days=30)
SECRET_BYTES = 24
PROPOSED = "Records of it are proposed for destruction. That ends by itself after 60 days."
Ending = Release.Ending
ENDED = {
    Ending.CLOSED: "The register was closed after you had taken it out.",
    Ending.WITHDRAWN: "The register is not handed out any more. Ask our office.",
}


class CannotRelease(ValueError):
    """The register stays as it is; the words say why, and what comes first."""


class UsedLink(links.LinkError):
    """The link is not needed any more, or a newer one was sent."""


def obstacle(register: Register) -> str:
    """Why a register is not the office's to hand out; nothing where it is."""
    if register.state != Register.State.LEAVING or register.leaving_because != "died":
        return "Only a register whose owner has died is handed out by the office."
    if handing_over.heirs(register) or register.offers.filter(settled_at=None).exists():
        return "A member may still take it over. Wait for their answer."
    if register.disposals.waiting().exists():
        return PROPOSED
    return ""


@transaction.atomic
def ask(
    *, register_id: int, to_name: str, to_email: str, reason: str, by: User, at: dt.datetime
) -> Release:
    """Say to whom a register should go, and why. Raises CannotRelease."""
    register = handing_over.locked(register_id)
    against = obstacle(register)
    if against or register.releases.under_way().exists():
        raise CannotRelease(against or "It is being handed out already.")
    _refuse_officer(by, to_email)
    made = Release.objects.create(
        register=register,
        to_name=to_name.strip(),
        to_email=to_email,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by,
    )
    _note(made, "release of the register asked for", by=by, at=at, text=made.reason)
    return made


@transaction.atomic
def agree(*, release_id: int, by: User, at: dt.datetime) -> Release:
    """A second officer agrees, and the link goes out. Raises CannotRelease."""
    release = _open(release_id)
    if release.agreed_at is not None:
        raise CannotRelease("Two officers have agreed already.")
    if is_same(release.asked_by, by):
        raise CannotRelease("Somebody else has to agree: whoever asked cannot agree, too.")
    if against := obstacle(release.register):
        raise CannotRelease(against)
    _refuse_officer(by, release.to_email)
    release.agreed_at, release.agreed_by = at, by
    _send_link(release, at=at)
    _note(release, "release of the register agreed to", by=by, at=at)
    return release


@transaction.atomic
def send_again(*, release_id: int, by: User, at: dt.datetime) -> Release:
    """A new link; the one before it stops working. Raises CannotRelease."""
    release = _open(release_id)
    if release.agreed_at is None:
        raise CannotRelease("A second officer has to agree first.")
    _send_link(release, at=at)
    _note(release, "new link to the register sent", by=by, at=at)
    return release


@transaction.atomic
def withdraw(*, release_id: int, by: User | None, at: dt.datetime) -> None:
    """Take it back; the link stops working. Raises CannotRelease."""
    release = _open(release_id)
    _end(release, Ending.WITHDRAWN, at=at)
    _note(release, "release of the register taken back", by=by, at=at)


def withdraw_all(register: Register, *, at: dt.datetime) -> None:
    """The owner is not dead after all: their register is nobody else's."""
    for release in register.releases.under_way():
        withdraw(release_id=release.pk, by=None, at=at)


def find(token: str) -> Release:
    """Whose link it is, while the file may be taken. Raises foundation.links.LinkError."""
    # A day more than the link lasts: the last day is a whole one, and read off the row.
    carried = links.read(token, purpose=PURPOSE, lasts=LASTS + dt.timedelta(days=1))
    release = Release.objects.select_related("register__owner").get(pk=carried["release"])
    if release.ended_at is not None:
        raise UsedLink(ENDED[Ending(release.ending)])
    if not secrets.compare_digest(release.token_digest, _digest(carried["secret"])):
        raise UsedLink("A newer letter has a newer link. Please use that one.")
    if release.expires_on and timezone.localdate() > release.expires_on:
        raise links.ExpiredLink("This link has expired. Ask our office for a new one.")
    return release


@transaction.atomic
def take(*, release_id: int, at: dt.datetime) -> Register:
    """Note that the file was taken, and of what the register held. Raises CannotRelease."""
    release = _open(release_id)
    release.taken_digest = export.digest(release.register)
    release.taken_at = release.taken_at or at
    release.save()
    text = f"{release.register.records.count()} records"
    _note(release, "register taken out by link", by=None, at=at, text=text)
    return release.register


@transaction.atomic
def close(*, release_id: int, counted: int, by: User, at: dt.datetime) -> None:
    """Close what was taken. `counted` is what the officer was shown. Raises CannotRelease."""
    release = _open(release_id)
    register = release.register
    if release.taken_at is None:
        raise CannotRelease(
            "Nobody has taken the file yet, so the register stays. You can send a new link."
        )
    if release.taken_digest != export.digest(register):
        raise CannotRelease("It has changed since the file was taken. Send a new link.")
    if register.disposals.waiting().exists():
        raise CannotRelease(PROPOSED)
    if register.records.count() != counted:
        raise CannotRelease(f"The register holds {register.records.count()} records.")
    _end(release, Ending.CLOSED, at=at)
    records = closing.close_released(register, by=by, at=at)
    _write(release, "records_release_closed", f"{release.pk}", at=at, records=records)


def _refuse_officer(by: User, address: str) -> None:
    if is_address_of(by, address):
        raise CannotRelease(
            "This is your own address. Whoever takes it is none of the two officers."
        )


def _open(release_id: int) -> Release:
    """One that is under way, with its register under lock. Raises CannotRelease."""
    rows = Release.objects.all()
    register = handing_over.locked(rows.values_list("register_id", flat=True).get(pk=release_id))
    release = rows.get(pk=release_id)
    if release.ended_at is not None:
        raise CannotRelease("This has ended meanwhile. Load the page again.")
    release.register = register
    return release


def _end(release: Release, ending: str, *, at: dt.datetime) -> None:
    release.ended_at, release.ending = at, ending
    release.save()


def _send_link(release: Release, *, at: dt.datetime) -> None:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    release.token_digest = _digest(secret)
    release.expires_on = timezone.localdate(at + LASTS)
    release.save()
    token = links.sign({"release": release.pk, "secret": secret}, purpose=PURPOSE)
    link = links.absolute(reverse("records:released", args=[token]))
    _write(release, "records_released", release.token_digest[:20], at=at, link=link)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _write(release: Release, kind: str, key: str, *, at: dt.datetime, **more: object) -> None:
    letters.queue(
        kind,
        key=f"{kind}:{key}",
        to=release.to_email,
        at=at,
        context={"release": release, "owner": release.register.owner, **more},
    )


def _note(release: Release, verb: str, *, by: User | None, at: dt.datetime, text: str = "") -> None:
    history.record(release.register.history_key, verb, at=at, by=by, text=text)
