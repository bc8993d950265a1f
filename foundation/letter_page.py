"""What a letter says: its template's words as plain text, and the same words as a page."""

import re
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
