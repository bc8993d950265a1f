"""Papers that go with a letter, made when it is sent: the letter keeps their name, never bytes.

A name is `<kind>:<key>`. The setting ENCLOSURES says which function of which room makes a kind,
so that this room needs to know none of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from foundation import papers
from foundation.papers import Paper

TYPE = "application/pdf"


@dataclass(frozen=True)
class Enclosure:
    """A paper, and the name of its file."""

    file_name: str
    paper: Paper

    @property
    def content(self) -> bytes:
        return papers.pdf(self.paper)


Maker = Callable[[str], Enclosure | None]


def make(name: str) -> Enclosure | None:
    """What the letter encloses; None where it encloses nothing, or what it was about is gone."""
    kind, _colon, key = name.partition(":")
    if not kind:
        return None
    maker: Maker = import_string(settings.ENCLOSURES[kind])
    return maker(key)
