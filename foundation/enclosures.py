"""Files that go with a letter, made when it is sent: the letter keeps their name, never bytes.

A name is `<kind>:<key>`. The setting ENCLOSURES says which function of which room makes a kind,
so that this room needs to know none of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from foundation import ical, papers
from foundation.papers import Paper

PDF = "application/pdf"


@dataclass(frozen=True)
class Enclosure:
    """A paper, and the name of its file."""

    file_name: str
    paper: Paper
    type: str = PDF

    @property
    def content(self) -> bytes:
        return papers.pdf(self.paper)


@dataclass(frozen=True)
class CalendarFile:
    """A date for a diary."""

    file_name: str
    content: bytes
    type: str = ical.TYPE


Enclosed = Enclosure | CalendarFile
Maker = Callable[[str], Enclosed | None]


def make(name: str) -> Enclosed | None:
    """What the letter encloses; None where it encloses nothing, or what it was about is gone."""
    kind, _colon, key = name.partition(":")
    if not kind:
        return None
    maker: Maker = import_string(settings.ENCLOSURES[kind])
    return maker(key)
