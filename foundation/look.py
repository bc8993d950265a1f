"""The pieces that pages are made of, as plain values for the partials in templates/partials/."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a status means; always shown with words, never by colour alone."""

    GOOD = "good"
    WAIT = "wait"
    ACT = "act"
    STOP = "stop"
    PLAIN = "plain"


@dataclass(frozen=True)
class Status:
    """partials/status_line.html: what am I, until when, what do I do next."""

    words: str
    tone: Tone = Tone.PLAIN
    next_words: str = ""
    url: str = ""
    link_words: str = ""


@dataclass(frozen=True)
class Task:
    """One line of partials/task_list.html; without an address it cannot be started yet."""

    name: str
    url: str
    status: str
    tone: Tone = Tone.PLAIN
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """One line of partials/summary_list.html; an empty value reads “Not provided”."""

    key: str
    value: str
    change_url: str = ""


@dataclass(frozen=True)
class Moment:
    """One line of partials/timeline.html: what happened, when, and perhaps more about it."""

    at: dt.datetime | dt.date
    words: str
    detail: str = ""
    tone: Tone = Tone.PLAIN

    @property
    def has_clock(self) -> bool:
        return isinstance(self.at, dt.datetime)


@dataclass(frozen=True)
class Bar:
    """partials/bar.html: how far something has come; `words` says the same without the picture."""

    label: str
    value: int
    total: int
    words: str

    @classmethod
    def toward(cls, label: str, value: int, total: int) -> "Bar":
        """So much of what is needed; “39 of 24” would puzzle whoever has more."""
        more = f"{value:,}, where {total:,} are needed"
        return cls(label, value, total, more if value > total else f"{value:,} of {total:,}")

    @property
    def per_mille(self) -> int:
        """The filled part of a bar that is 1,000 wide; never over its end."""
        return 0 if self.total <= 0 else min(1000, max(0, self.value * 1000 // self.total))

    @property
    def is_full(self) -> bool:
        return self.value >= self.total
