"""Letters: written with the change that causes them, sent after it is safe, once.

A letter is one plain-text template, `templates/letters/<kind>.txt`, whose first line is its
subject; the HTML version is made from the same words. The key says what the letter is about:
queueing the same key again does nothing.
"""

import datetime as dt
import hashlib
import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation import enclosures, history, letter_page, silence
from foundation.models import Letter
from foundation.prepared_writes import Inserts
from foundation.queueing import after_commit

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)
ERRORS = (smtplib.SMTPException, OSError)
PERMANENT = range(500, 600)
WRITE = Inserts(Letter)


@dataclass(frozen=True)
class Written:
    """A letter in its words; `leave_url` is where its reader says: no more."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    subject_key: str = ""
    encloses: str = ""
    leave_url: str = ""

    def columns(self, kind: str, at: dt.datetime) -> dict[str, Any]:
        """What its row holds."""
        return {
            **vars(self),
            "kind": kind,
            "message_id": _message_id(self.key),
            "queued_at": at,
        }


@dataclass(frozen=True)
class Wanted:
    """A letter that is to be written.

    `subject_key` names whose history the letter belongs to. Without a link of their own,
    contexts carry absolute addresses. `encloses` names a paper: see `enclosures`.
    """

    kind: str
    key: str
    to: str
    context: dict[str, Any]
    subject_key: str = ""
    encloses: str = ""

    def written(self) -> Written:
        subject, text, html = letter_page.render(self.kind, self.context)
        return Written(self.key, self.to, subject, text, html, self.subject_key, self.encloses)


def queue(
    kind: str,
    *,
    key: str,
    to: str,
    context: dict[str, Any],
    at: dt.datetime | None = None,
    subject_key: str = "",
    encloses: str = "",
) -> Letter:
    """Write the letter in this transaction and send it once that has been committed."""
    wanted = Wanted(kind, key, to, context, subject_key=subject_key, encloses=encloses)
    return queue_one(wanted, at=at or timezone.now())


def to_office(
    kind: str, *, key: str, at: dt.datetime, subject_key: str = "", **context: object
) -> Letter:
    """The same to the society's own address."""
    to = settings.SOCIETY["email"]
    return queue(kind, key=key, to=to, context=context, at=at, subject_key=subject_key)


def queue_one(wanted: Wanted, *, at: dt.datetime) -> Letter:
    """The same of a letter that was put together before."""
    columns = wanted.written().columns(wanted.kind, at)
    letter, made = Letter.objects.get_or_create(key=wanted.key, defaults=columns)
    if made:
        _send_after_commit(letter.pk)
    return letter


def queue_each(kind: str, written: Iterable[Written], *, at: dt.datetime) -> list[int]:
    """Many letters at once, in this transaction; their numbers, in their order.

    No key may be known already.
    """
    made = WRITE([one.columns(kind, at) for one in written])
    for letter_id in made:
        _send_after_commit(letter_id)
    return made


def queue_unknown(kind: str, written: Iterable[Written], *, at: dt.datetime) -> None:
    """Many letters, whose keys nobody else can write meanwhile: those that are not known yet."""
    by_key = {one.key: one for one in written}
    for known in Letter.objects.filter(key__in=by_key).values_list("key", flat=True):
        del by_key[known]
    queue_each(kind, by_key.values(), at=at)


def queue_new(wanted: Wanted, *, at: dt.datetime) -> None:
    """A letter about what happens once, and happened under a lock a moment ago: nobody wrote it."""
    queue_each(wanted.kind, [wanted.written()], at=at)


def untouched(chosen: QuerySet[Letter]) -> list[int]:
    """Which of these no worker ever took up, locked until this transaction ends."""
    waiting = chosen.filter(sent_at=None, refused_at=None, tries=0).order_by("pk")
    free = waiting.select_for_update(of=("self",), skip_locked=True)
    return list(free.values_list("pk", flat=True))


def take_back(untouched_ids: Iterable[int]) -> None:
    """Delete letters that are known to be untouched: they can be written anew."""
    Letter.objects.filter(pk__in=list(untouched_ids)).delete()


def _send_after_commit(letter_id: int) -> None:
    """If the queue is away the letter waits for the sweep: it is already stored."""
    after_commit("foundation.tasks.send_letter", letter_id)


def stop(addresses: Iterable[str], *, at: dt.datetime, why: str) -> int:
    """Let no letter that still waits go to these addresses; how many were stopped."""
    theirs = Letter.objects.waiting().filter(to__in=[*addresses])
    return theirs.update(refused_at=at, last_error=why)


def is_queued(key: str) -> bool:
    """Whether the letter of this key was written before."""
    return Letter.objects.filter(key=key).exists()


def hold_back(key: str, *, at: dt.datetime) -> bool:
    """Keep a letter from going, or from going again; whether it certainly never left.

    A letter that a worker took up may have left even where nobody noted it, so only one that was
    never taken up counts as held back. The row stays.
    """
    letter = Letter.objects.select_for_update().filter(key=key).first()
    if letter is None or letter.sent_at is not None:
        return False
    letter.held_back_at = at
    letter.save(update_fields=["held_back_at"])
    return not letter.tries


def queued_at(key: str) -> dt.datetime | None:
    """When the letter of this key was written, if it was."""
    return Letter.objects.filter(key=key).values_list("queued_at", flat=True).first()


def send(letter_id: int) -> bool:
    """Send one letter unless it went already or is just being sent. True if it went now."""
    letter = _claim(letter_id)
    if letter is None or _is_held_back(letter):
        return False
    try:
        _mail(letter).send()
    except ERRORS as error:
        # The class alone: the text of a mail error often holds the address.
        Letter.objects.filter(pk=letter.pk).update(
            claimed_at=None,
            last_error=type(error).__name__,
            refused_at=timezone.now() if _is_final(error) else None,
        )
        logger.warning("Letter %s was not sent: %s", letter.pk, type(error).__name__)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), last_error="")
    return True


def waiting() -> QuerySet[Letter]:
    """In the order of sending; what failed most comes last and never holds up the rest."""
    return Letter.objects.waiting().order_by("tries", "queued_at", "pk")


def send_waiting() -> int:
    """Send whatever is not sent yet; how many went."""
    return sum(send(pk) for pk in list(waiting().values_list("pk", flat=True)[:500]))


def refused(keys: Iterable[str]) -> set[str]:
    """Which of these letters their reader's server has refused for good."""
    found = Letter.objects.filter(key__in=list(keys), refused_at__isnull=False)
    return set(found.values_list("key", flat=True))


@transaction.atomic
def came_back(letter_id: int, *, by: models.Model, at: dt.datetime) -> bool:
    """The office was told by their mail server that a letter did not arrive. False where known."""
    went = Letter.objects.filter(pk=letter_id, sent_at__isnull=False, returned_at=None)
    if not went.update(returned_at=at):
        return False
    letter = Letter.objects.get(pk=letter_id)
    if letter.subject_key:
        history.record(letter.subject_key, "a letter came back", at=at, by=by, text=letter.subject)
    return True


def _mail(letter: Letter) -> EmailMultiAlternatives:
    """The letter as its reader's server gets it."""
    headers = {"Message-ID": letter.message_id, **_way_out(letter)}
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    enclosure = enclosures.make(letter.encloses)
    if enclosure is not None:
        mail.attach(enclosure.file_name, enclosure.content, enclosure.type)
    return mail


def _way_out(letter: Letter) -> dict[str, str]:
    """By which mail programs offer one press to get no more of these (RFC 2369, RFC 8058)."""
    if not letter.leave_url:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _is_held_back(letter: Letter) -> bool:
    """Whether its reader must not be written to any more; then it is refused for good."""
    if not silence.is_kept(letter.to):
        return False
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=None, refused_at=timezone.now(), last_error=silence.WORDS
    )
    return True


def _is_final(error: Exception) -> bool:
    """Whether the server said that there is no such reader: trying again would change nothing."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not error.recipients:
        return False
    return all(code in PERMANENT for code, _words in error.recipients.values())


def _claim(letter_id: int) -> Letter | None:
    now = timezone.now()
    free = Letter.objects.waiting().filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE), pk=letter_id
    )
    if not free.update(claimed_at=now, tries=F("tries") + 1):
        return None
    return Letter.objects.get(pk=letter_id)


def _message_id(key: str) -> str:
    """The same for the same letter, so that a repeated one can be told by its reader's server."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{key}".encode()).hexdigest()[:40]
    return f"<{digest}@letters.{settings.SOCIETY['email'].rpartition('@')[2]}>"
