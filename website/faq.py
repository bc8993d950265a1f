"""The frequently asked questions as the page shows them: figures filled in, searched by words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation import writing
from foundation.prepared import as_day
from website import figures, pages
from website.pages import Asked

A_QUESTION = 3
"""The level of the heading that an answer stands under."""
IN_GROUPS = attrgetter("group", "group_slug")
DRAWN = 8
"""So many pages of questions are kept: all of them, the archive, and a few searches."""


@dataclass(frozen=True)
class Answered:
    """A question with its answer as HTML that is safe to show."""

    slug: str
    question: str
    html: SafeString
    link: str
    link_words: str
    last_reviewed_on: dt.date | None
    owner: str


@dataclass(frozen=True)
class Group:
    """A group of questions, empty never."""

    name: str
    slug: str
    answers: tuple[Answered, ...]


@lru_cache(maxsize=DRAWN)
def drawn(groups: tuple[Group, ...], wanted: str = "") -> SafeString:
    """Contents and answers: drawn once for as long as they say the same."""
    page = render_to_string("website/_questions.html", {"groups": groups, "wanted": wanted})
    return SafeString(page)


def groups(*, archived: bool, on: dt.date, wanted: str = "") -> tuple[Group, ...]:
    """Every group with the answers that hold all the wanted words. Four queries."""
    known = figures.known(on)
    words = wanted.casefold().split()
    found = (
        Group(name, slug, tuple(_answers(questions, known, words)))
        for (name, slug), questions in groupby(pages.questions(archived=archived), IN_GROUPS)
    )
    return tuple(group for group in found if group.answers)


def _answers(
    questions: Iterable[Asked], known: Mapping[str, str], words: list[str]
) -> Iterable[Answered]:
    for one in questions:
        if not words or _holds(one, known, words):
            yield Answered(
                slug=one.slug,
                question=one.question,
                html=writing.page(one.answer, known, under=A_QUESTION),
                link=one.link,
                link_words=one.link_words,
                last_reviewed_on=as_day(one.last_reviewed_on),
                owner=one.owner,
            )


def _holds(question: Asked, known: Mapping[str, str], words: list[str]) -> bool:
    said = f"{question.question} {writing.plain(question.answer, known)}".casefold()
    return all(word in said for word in words)
