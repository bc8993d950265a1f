"""The only writer of evidence files: rows here, bytes in the private store.

What is in the store is named at random and never served by the web server. A file is checked and
scanned before the transaction that keeps it; the bytes of a row that is gone are taken away after
the commit, and a nightly sweep takes those that a killed process left behind.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from foundation import history, limits, uploads
from foundation.uploads import Checked, Refused, ScannerUnreachable, Verdict
from membership import drafts
from membership.models import Application, EvidenceFile, User

AN_HOUR = 60 * 60
FILES_AN_HOUR = 60
# Younger files may belong to a transaction that has not ended yet.
STRAY_AFTER = dt.timedelta(days=1)
State = EvidenceFile.State
logger = logging.getLogger(__name__)


class NotKept(ValueError):
    """The file is sound but cannot be kept here; the text says why and what to do."""


class TooManyFiles(NotKept):
    """The section has as many files as it may have, or too many were sent within an hour."""


class SameFile(NotKept):
    """The section has this very file."""

    def __init__(self) -> None:
        super().__init__("This file is here already, so it was not added again.")


@dataclass(frozen=True)
class Sent:
    """What became of several files sent at once."""

    kept: tuple[EvidenceFile, ...]
    problems: tuple[str, ...]

    @property
    def words(self) -> str:
        names = ", ".join(f"“{one.name}”" for one in self.kept)
        if any(not one.may_be_opened for one in self.kept):
            return f"Added: {names}. A virus scanner looks at it before the office does."
        return f"Added: {names}."


class NotReadable(LookupError):
    """The file is not in the store as it was kept; the text is fit for the office."""


def add(
    upload: UploadedFile, *, application_id: int, section: str, by: User, at: dt.datetime
) -> EvidenceFile:
    """Check and keep one file. Raises uploads.Refused, NotKept or drafts.NotEditable."""
    checked, state = _examined(upload, by)
    return _keep(checked, state, application_id=application_id, section=section, by=by, at=at)


def add_each(
    files: Iterable[UploadedFile], *, application_id: int, section: str, by: User, at: dt.datetime
) -> Sent:
    """Keep those that can be kept; the others with why. Raises drafts.NotEditable."""
    kept: list[EvidenceFile] = []
    problems: list[str] = []
    for one in files:
        try:
            kept.append(add(one, application_id=application_id, section=section, by=by, at=at))
        except (Refused, NotKept) as refused:
            problems.append(f"“{(one.name or '')[:60]}” was not added. {refused}")
    return Sent(tuple(kept), tuple(problems))


def replace(upload: UploadedFile, *, file: EvidenceFile, by: User, at: dt.datetime) -> EvidenceFile:
    """Put a file in the place of another, which stays if the new one cannot be kept.

    Raises as `add` does.
    """
    checked, state = _examined(upload, by)
    with transaction.atomic():
        _take_away(file, by=by, at=at)
        return _keep(
            checked,
            state,
            application_id=file.application_id,
            section=file.section,
            by=by,
            at=at,
        )


@transaction.atomic
def remove(*, file: EvidenceFile, by: User, at: dt.datetime) -> None:
    """Take a file away, row and bytes. Raises drafts.NotEditable."""
    application = _take_away(file, by=by, at=at)
    drafts.touch(application, at)


def look_at(file: EvidenceFile, *, by: User, at: dt.datetime) -> bytes:
    """The bytes for somebody of the office, noted in the person's history. Raises NotReadable."""
    content = _bytes_of(file)
    _note(file, "looked at a file", by=by, at=at)
    return content


def content_of(file: EvidenceFile) -> bytes:
    """The bytes for whoever sent them. Raises NotReadable."""
    return _bytes_of(file)


def drop(stored_as: Iterable[str]) -> None:
    """Delete stored bytes once their rows are gone for good: after the commit."""
    for name in filter(None, stored_as):
        transaction.on_commit(partial(_store().delete, name))


def scan_waiting(*, at: dt.datetime) -> int:
    """Ask the scanner about every file that waits for it; how many left the quarantine."""
    settled = 0
    for file in EvidenceFile.objects.waiting().select_related("person").order_by("pk"):
        try:
            verdict = uploads.scan(_bytes_of(file))
        except ScannerUnreachable:
            logger.warning("The virus scanner does not answer; evidence files wait")
            break
        except NotReadable:
            logger.warning("Evidence file %s is not in the store as it was kept", file.pk)
            continue
        settled += _settle(file, verdict, at=at)
    return settled


def sweep_strays(*, at: dt.datetime) -> int:
    """Delete stored bytes that no row names (any more); how many there were."""
    store = _store()
    _folders, names = store.listdir("")
    known = set(EvidenceFile.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    strays = [
        name
        for name in names
        if name not in known and store.get_created_time(name) < at - STRAY_AFTER
    ]
    for name in strays:
        store.delete(name)
    return len(strays)


def _examined(upload: UploadedFile, by: User) -> tuple[Checked, str]:
    """Before any transaction: this draws pictures anew and waits for a scanner."""
    if not limits.allow(
        action="evidence-file", key=str(by.pk), times=FILES_AN_HOUR, seconds=AN_HOUR
    ):
        raise TooManyFiles("You have sent many files this hour. Wait a while and go on then.")
    checked = uploads.check(upload, max_bytes=settings.EVIDENCE_MAX_BYTES)
    try:
        verdict = uploads.scan(checked.content)
    except ScannerUnreachable:
        return checked, State.QUARANTINED
    if verdict is Verdict.HARMFUL:
        raise Refused(
            "The virus scanner found something harmful in it, so it was not kept. Scan your "
            "device, or photograph the document and send the picture."
        )
    return checked, State.CLEAN


@transaction.atomic
def _keep(
    checked: Checked, state: str, *, application_id: int, section: str, by: User, at: dt.datetime
) -> EvidenceFile:
    application = drafts.editable(application_id, section)
    _refuse_another(application, section, checked)
    file = EvidenceFile.objects.create(
        person_id=application.person_id,
        application=application,
        section=section,
        name=checked.name,
        kind=checked.kind,
        bytes=len(checked.content),
        sha256=checked.sha256,
        stored_as=secrets.token_hex(16),
        state=state,
        added_at=at,
        added_by=by,
    )
    _store().save(file.stored_as, ContentFile(checked.content))
    drafts.touch(application, at)
    _note(file, "added a file", by=by, at=at)
    return file


def _refuse_another(application: Application, section: str, checked: Checked) -> None:
    there = application.evidence_files.filter(section=section)
    if there.filter(sha256=checked.sha256).exists():
        raise SameFile
    most = settings.EVIDENCE_MAX_FILES
    if there.count() >= most:
        raise TooManyFiles(f"There are {most} files already. Remove or replace one of them.")


def _take_away(file: EvidenceFile, *, by: User, at: dt.datetime) -> Application:
    application = drafts.editable(file.application_id, file.section)
    deleted, _ = EvidenceFile.objects.filter(pk=file.pk).delete()
    if deleted:
        _note(file, "removed a file", by=by, at=at)
    if file.stored_as:
        transaction.on_commit(partial(_store().delete, file.stored_as))
    return application


@transaction.atomic
def _settle(file: EvidenceFile, verdict: Verdict, *, at: dt.datetime) -> bool:
    """Release or refuse; False where the file left the quarantine meanwhile."""
    waiting = EvidenceFile.objects.waiting().select_for_update().filter(pk=file.pk).first()
    if waiting is None:
        return False
    if verdict is Verdict.HARMFUL:
        transaction.on_commit(partial(_store().delete, waiting.stored_as))
        waiting.state, waiting.stored_as = State.REFUSED, ""
        _note(waiting, "refused a file: the virus scanner found something", by=None, at=at)
    else:
        waiting.state = State.CLEAN
    waiting.save(update_fields=["state", "stored_as"])
    return True


def _bytes_of(file: EvidenceFile) -> bytes:
    """The bytes as they were kept, and nothing else."""
    try:
        with _store().open(file.stored_as) as stored:
            content = bytes(stored.read())
    except OSError as error:
        raise NotReadable("The file is not in the store. Restore it from the backup.") from error
    if uploads.digest(content) != file.sha256:
        raise NotReadable("The file was changed in the store. Restore it from the backup.")
    return content


def _note(file: EvidenceFile, verb: str, *, by: User | None, at: dt.datetime) -> None:
    words = f"{file.application.reference}. {file.get_section_display()}: {file.name}"
    history.record(file.person.history_key, verb, at=at, by=by, text=words)


def _store() -> Storage:
    return storages["evidence"]
