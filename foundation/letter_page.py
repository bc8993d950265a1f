"""What a letter says: its template's words as plain text, and the same words as a page."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, linebreaks, urlize
from django.utils.safestring import SafeString

BETWEEN_PARAGRAPHS = re.compile("\n{2,}")
PARAGRAPHS_KEPT = 200
# Without one of these Django finds no link, and looks at every word for it.
MAY_LINK = re.compile(r"://|@|www\.|\.(com|edu|gov|int|mil|net|org)", re.IGNORECASE)
# Where the words of each letter go; no text holds one of them.
SUBJECT, CONTENT = "\0subject\0", "\0content\0"
BLANKS = re.compile(f"({SUBJECT}|{CONTENT})")
BLANK = re.compile("(\0[^\0]+\0)")
# Words that are the same in text and in HTML, whatever stands beside them.
PLAIN = re.compile(r"\w+([ -]\w+)*")


def render(kind: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a letter."""
    everything = {"society": settings.SOCIETY, "site_url": settings.SITE_URL, **context}
    written = render_to_string(f"letters/{kind}.txt", everything).strip()
    subject, _, text = written.partition("\n")
    subject = subject.removeprefix("Subject:").strip()
    text = text.strip() + "\n"
    return subject, text, as_html(subject, text)


def render_pair(prefix: str, context: dict[str, Any]) -> tuple[str, str, str]:
    """The same of a letter of allauth's, whose subject is a template of its own."""
    everything = {"society": settings.SOCIETY, "site_url": settings.SITE_URL, **context}
    subject = render_to_string(f"{prefix}_subject.txt", everything).strip()
    text = render_to_string(f"{prefix}_message.txt", everything).strip() + "\n"
    return subject, text, as_html(subject, text)


def as_html(subject: str, text: str, *, body: str = "") -> str:
    """The same words as a page, for readers of HTML mail; `body` is safe HTML that stands first."""
    paragraphs = "\n\n".join(map(_paragraph, BETWEEN_PARAGRAPHS.split(text)))
    given = {
        SUBJECT: conditional_escape(subject),
        CONTENT: f"{body}<hr>{paragraphs}" if body else paragraphs,
    }
    pieces = _pieces(tuple(settings.SOCIETY.items()))
    return SafeString("".join(given.get(piece, piece) for piece in pieces))


@lru_cache(maxsize=2)
def _pieces(society: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """What is the same in every letter, drawn once, with the blanks in between."""
    blank = {"subject": SafeString(SUBJECT), "content": SafeString(CONTENT)}
    page = render_to_string("letters/letter.html", {"society": dict(society), **blank})
    return tuple(BLANKS.split(page))


@lru_cache(maxsize=PARAGRAPHS_KEPT)
def _paragraph(words: str) -> str:
    """One paragraph with its links; most say the same in many letters."""
    if not MAY_LINK.search(words):
        return str(linebreaks(escape(words)))
    return str(linebreaks(urlize(words, nofollow=True, autoescape=True)))


class UnknownBlank(LookupError):
    """The letter tells something of its reader that was not named."""


class _Blanks:
    """Stands for a row in a letter that is drawn for many: what it knows are blanks."""

    def __init__(self, row: str, names: Sequence[str]) -> None:
        for name in names:
            setattr(self, name, _blank(row, name))

    def __getattr__(self, name: str) -> str:
        raise UnknownBlank(name)


class Alike:
    """A letter that many get in the same words but for a few: drawn once, and filled in for each.

    `blanks` names the rows that differ, and what the letter tells of them. Where that is not plain
    words, a letter is drawn alone as every other.
    """

    def __init__(
        self, kind: str, context: Mapping[str, Any], blanks: Mapping[str, Sequence[str]]
    ) -> None:
        self._kind, self._context, self._blanks = kind, context, blanks
        standing_in = {row: _Blanks(row, names) for row, names in blanks.items()}
        drawn = render(kind, {**context, **standing_in})
        self._pieces = [BLANK.split(words) for words in drawn]
        self._is_whole = _is_whole(
            drawn, [_blank(row, name) for row, names in blanks.items() for name in names]
        )

    def to(self, **rows: object) -> tuple[str, str, str]:
        """Subject, plain text and HTML for one reader."""
        told = {
            _blank(row, name): str(getattr(rows[row], name))
            for row, names in self._blanks.items()
            for name in names
        }
        if not (self._is_whole and all(map(PLAIN.fullmatch, told.values()))):
            return render(self._kind, {**self._context, **rows})
        subject, text, html = (
            "".join([told.get(piece, piece) for piece in pieces]) for pieces in self._pieces
        )
        return subject, text, html


def _is_whole(drawn: Sequence[str], blanks: Sequence[str]) -> bool:
    """Whether a template, or a link, did nothing with its blanks but say them."""
    for blank in blanks:
        subject, text, html = (words.count(blank) for words in drawn)
        bare = blank.strip("\0").casefold()
        said = tuple(words.casefold().count(bare) for words in drawn)
        # The page has the words of the text, and its subject twice.
        if said != (subject, text, html) or html != 2 * subject + text:
            return False
    return all(set(BLANK.findall(words)) <= set(blanks) for words in drawn)


def _blank(row: str, name: str) -> str:
    """No filter of a template leaves its letters as they are, and none else has them."""
    return f"\0{row}-{name.swapcase()}a\0"
