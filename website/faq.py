"""The frequently asked questions as the page shows them: figures filled in, searched by words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from foundation import writing
from website import figures, pages
from website.models import FaqGroup, Question

A_QUESTION = 3
"""The level of the heading that an answer stands under."""


@dataclass(frozen=True)
class Answered:
    """A question with its answer as HTML that is safe to show."""

    question: Question
    html: SafeString


@dataclass(frozen=True)
class Group:
    """A group of questions, empty never."""

    group: FaqGroup
    answers: tuple[Answered, ...]


def groups(*, archived: bool, on: dt.date, wanted: str = "") -> list[Group]:
    """Every group with the answers that hold all the wanted words. Five queries."""
    known = figures.known(on)
    words = wanted.casefold().split()
    found = [
        Group(group, tuple(_answers(group.questions.all(), known, words)))
        for group in pages.faq_groups(archived=archived)
    ]
    return [group for group in found if group.answers]


def _answers(
    questions: Iterable[Question], known: Mapping[str, str], words: list[str]
) -> Iterable[Answered]:
    for question in questions:
        said = f"{question.question} {writing.plain(question.answer, known)}".casefold()
        if all(word in said for word in words):
            yield Answered(question, writing.page(question.answer, known, under=A_QUESTION))
