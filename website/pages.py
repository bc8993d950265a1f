"""The queries behind the public pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from benefits import magazine
from benefits.models import Event
from foundation import writing
from foundation.prepared import Prepared, prepare
from membership.models import FeeDue, Person
from membership.types import FACTS, MembershipType, TypeFacts
from website import figures
from website.models import DownloadFile, PageVersion, Question


@dataclass(frozen=True)
class Column:
    """One membership type at the head of the table of benefits."""

    type: MembershipType
    facts: TypeFacts
    fee: str


@dataclass(frozen=True)
class Shown:
    """A version of a page with its figures filled in, safe to show."""

    title: str
    summary: str
    html: SafeString


OF_A_BEGINNING = 200
# What everybody may read and a search engine may list, beside what the office writes.
OPEN = (
    "website:home",
    "membership:types",
    "membership:which_type",
    "membership:flowchart",
    "membership:to_hand",
    "directory:search",
    "benefits:committees",
    "benefits:events",
    "records:calculator",
    "records:policy",
    "website:faq",
    "website:notices",
    "website:contact",
    "website:callback",
    "website:privacy",
    "website:cookies",
    "website:accessibility",
    "website:complaints",
)


def shown(version: PageVersion, *, on: dt.date) -> Shown:
    """A version with the figures of a day. Three queries."""
    known = figures.known(on)
    return Shown(
        version.title,
        writing.filled(version.summary, known),
        writing.page(version.text, known),
    )


def summary(version: PageVersion, known: Mapping[str, str]) -> str:
    """What it is about in a sentence: its summary, or else how it begins."""
    return in_a_sentence(version.summary, version.text, known)


def in_a_sentence(summary: str, text: str, known: Mapping[str, str]) -> str:
    if summary:
        return writing.filled(summary, known)
    return Truncator(writing.plain(text, known)).chars(OF_A_BEGINNING)


def addresses(on: dt.date) -> list[tuple[str, dt.datetime | None]]:
    """Every open page by its address, and when it was last changed. Five queries."""
    ours: list[tuple[str, dt.datetime | None]] = [(reverse(name), None) for name in OPEN]
    written = PageVersion.objects.out().order_by("page__kind", "page__position", "page")
    files = DownloadFile.objects.told().filter(download__is_out=True).select_related("download")
    newest = {one.download: one.added_at for one in files.order_by("download", "number")}
    return [
        *ours,
        *((one.get_absolute_url(), one.published_at) for one in written),
        *((one.get_absolute_url(), added_at) for one, added_at in newest.items()),
        *((one.get_absolute_url(), one.published_at) for one in Event.objects.public()),
        *((way, None) for way in magazine.addresses(on)),
    ]


def columns(on: dt.date) -> list[Column]:
    """Every type with its fee of the day, or no fee where the office has set none. One query."""
    known = figures.fees(on)
    return [Column(one, FACTS[one], known.get(one, "")) for one in MembershipType]


class Asked(NamedTuple):
    """A question with its group, as the database keeps it."""

    group: str
    group_slug: str
    slug: str
    question: str
    answer: str
    link: str
    link_words: str
    last_reviewed_on: dt.date | str | None
    owner: str


def questions(*, archived: bool) -> list[Asked]:
    """In the order of the page. One query."""
    return [Asked(*row) for row in _ask_questions(archived).rows()]


@cache
def _ask_questions(archived: bool) -> Prepared:
    found = Question.objects.filter(group__is_archived=archived)
    in_order = found.order_by("group__position", "group__pk", "position", "pk")
    return prepare(in_order.values_list("group__name", "group__slug", *Asked._fields[2:]))


def has_archive() -> bool:
    """Whether there are questions of earlier times. One query."""
    return bool(_ask_for_archive().rows())


@cache
def _ask_for_archive() -> Prepared:
    return prepare(
        Question.objects.filter(group__is_archived=True).order_by().values_list("pk")[:1]
    )


def owes(person: Person) -> bool:
    """Whether a fee of theirs is still to be paid; one of nothing settles itself."""
    return FeeDue.objects.outstanding().filter(person=person, pence__gt=0).exists()
