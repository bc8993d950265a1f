"""The demo's e-mail: every letter becomes a file that can be read in the browser."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


@dataclass(frozen=True)
class KeptFile:
    """What a letter encloses."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Kept:
    """A letter that was sent, as its reader would see it."""

    name: str
    to: str
    subject: str
    at: dt.datetime
    text: str
    files: tuple[KeptFile, ...] = ()


class OutboxBackend(BaseEmailBackend):
    """Writes each message to its own file; the same Message-ID twice is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            parsed = message.message()
            digest = hashlib.sha256(str(parsed["Message-ID"]).encode()).hexdigest()[:32]
            file = folder / f"{digest}.eml"
            if not file.exists():
                half = file.with_suffix(".half")
                half.write_bytes(parsed.as_bytes())
                half.rename(file)
        return len(email_messages)


def kept() -> list[Kept]:
    """All letters, newest first."""
    files = sorted(
        Path(settings.OUTBOX_DIR).glob("*.eml"), key=lambda f: (-f.stat().st_mtime_ns, f.name)
    )
    return [_read(file) for file in files]


def find(name: str) -> Kept | None:
    """One letter by the name of its file."""
    return next((letter for letter in kept() if letter.name == name), None)


def _read(file: Path) -> Kept:
    parsed = message_from_bytes(file.read_bytes(), _class=Parsed, policy=policy.default)
    body = parsed.get_body(("plain",))
    return Kept(
        name=file.stem,
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        at=parsedate_to_datetime(str(parsed["Date"])).replace(tzinfo=dt.UTC),
        text=body.get_content() if body is not None else "",
        files=tuple(map(_file, parsed.iter_attachments())),
    )


def _file(part: Parsed) -> KeptFile:
    """Every enclosure of ours is bytes with a name."""
    content = part.get_payload(decode=True)
    return KeptFile(
        name=part.get_filename() or "file",
        type=part.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )
