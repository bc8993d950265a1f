"""What the home page shows: figures of the day, what is new, and a fee that is still due."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from benefits import event_cards, magazine
from benefits.event_cards import EventCard
from benefits.models import Issue
from foundation.prepared import Prepared, as_moment, prepare
from membership.models import Person
from membership.types import MembershipType
from website import figures, pages
from website.models import PageVersion

NEWEST = 3
"""How many notices stand on the home page."""
# A constant of ours: safe, and shown letter by letter as the society writes it.
DEFINITION = SafeString(figures.DEFINITION)


@dataclass(frozen=True)
class Notice:
    """A notice in a sentence, with the way to the whole."""

    title: str
    slug: str
    first_published_at: dt.datetime
    words: str


@dataclass(frozen=True)
class Told:
    """The figures that the lasting words of the page name."""

    society: tuple[tuple[str, str], ...]
    fees: tuple[tuple[MembershipType, str], ...]
    months: str
    hours: str
    adult_years: str
    definition: SafeString = DEFINITION


@dataclass(frozen=True)
class Home:
    """The lasting words, and everything that may be another tomorrow."""

    welcome: SafeString
    society: SafeString
    talk: SafeString
    notices: SafeString
    events: list[EventCard]
    magazine: str
    issue: Issue | None
    owes: bool


def of(person: Person | None, *, at: dt.datetime) -> Home:
    """The page for somebody, or for everybody. Six queries, and one more for somebody."""
    on = timezone.localdate(at)
    known = figures.known(on)
    told = _told(known)
    return Home(
        welcome=_drawn("welcome", told),
        society=_drawn("society", told),
        talk=_drawn("talk", told),
        notices=_drawn_notices(tuple(_notices(known))),
        events=event_cards.next_few(at=at),
        magazine=magazine.NAME,
        issue=magazine.latest(on),
        owes=person is not None and pages.owes(person),
    )


def _told(known: dict[str, str]) -> Told:
    return Told(
        society=tuple(settings.SOCIETY.items()),
        fees=tuple((one, _fee(one, known)) for one in MembershipType),
        months=known["months"],
        hours=known["hours"],
        adult_years=known["adult_years"],
    )


@lru_cache(maxsize=12)
def _drawn(part: str, told: Told) -> SafeString:
    """A part of the page: drawn once for as long as its figures are the same."""
    given = {"told": told, "society": dict(told.society)}
    return SafeString(render_to_string(f"website/_home_{part}.html", given))


@lru_cache(maxsize=4)
def _drawn_notices(told: tuple[Notice, ...]) -> SafeString:
    """The same of the notices, for as long as they say the same."""
    return SafeString(render_to_string("website/_home_notices.html", {"told": told}))


def _notices(known: dict[str, str]) -> Iterator[Notice]:
    for title, summary, text, slug, published in _ask_for_notices().rows():
        words = pages.in_a_sentence(summary, text, known)
        yield Notice(title, slug, as_moment(published), words)


@cache
def _ask_for_notices() -> Prepared:
    told = ("title", "summary", "text", "page__slug", "page__first_published_at")
    return prepare(PageVersion.objects.notices().values_list(*told)[:NEWEST])


def _fee(type: MembershipType, known: dict[str, str]) -> str:
    """“£20”, or nothing where the office has set no fee."""
    fee = known[f"fee:{type.value}"]
    return "" if fee == figures.NO_FEE else fee
