"""Pure: calendar files as every diary reads them (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TYPE = "text/calendar"
OCTETS = 75
"""A line is no longer than so many bytes; what is longer goes on below a space."""


@dataclass(frozen=True)
class Entry:
    """One date in a diary. Moments have a time zone; `uid` is the same whenever it is told."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    place: str = ""
    words: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The file; the same entries give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CMSUK//Events//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{utc(entry.changed_at)}"
    yield f"LAST-MODIFIED:{utc(entry.changed_at)}"
    yield f"DTSTART:{utc(entry.starts_at)}"
    yield f"DTEND:{utc(entry.ends_at)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.words:
        yield f"DESCRIPTION:{escaped(entry.words)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Words as a value: its own signs would else end it (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """A long line over several, never within a letter of more than one byte."""
    parts: list[str] = []
    part = ""
    for letter in line:
        room = OCTETS if not parts else OCTETS - 1
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
