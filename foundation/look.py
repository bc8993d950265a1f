"""The pieces that pages are made of, as plain values for the partials in templates/partials/."""

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
    """One line of partials/task_list.html."""

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
