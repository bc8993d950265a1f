"""The queries behind the public pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from benefits import magazine
from foundation import writing
from foundation.pence import pounds
from membership.models import FeeDue, FeeRate, Person
from membership.types import FACTS, MembershipType, TypeFacts
from website import figures
from website.models import FaqGroup, PageVersion, Question


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
    if version.summary:
        return writing.filled(version.summary, known)
    return Truncator(writing.plain(version.text, known)).chars(OF_A_BEGINNING)


def addresses(on: dt.date) -> list[tuple[str, dt.datetime | None]]:
    """Every open page by its address, and when its words were last changed. Three queries."""
    ours: list[tuple[str, dt.datetime | None]] = [(reverse(name), None) for name in OPEN]
    written = PageVersion.objects.out().order_by("page__kind", "page__position", "page")
    ours += [(one.get_absolute_url(), one.published_at) for one in written]
    return ours + [(way, None) for way in magazine.addresses(on)]


def columns(on: dt.date) -> list[Column]:
    """Every type with its fee of the day, or no fee where the office has set none. One query."""
    rates = FeeRate.objects.filter(valid_from__lte=on).order_by("valid_from")
    fees = {rate.type: pounds(rate.pence).removesuffix(".00") for rate in rates}
    return [Column(one, FACTS[one], fees.get(one, "")) for one in MembershipType]


def faq_groups(*, archived: bool) -> list[FaqGroup]:
    """Groups with their questions in order, empty ones left out. Two queries."""
    questions = Prefetch("questions", Question.objects.order_by("position", "pk"))
    groups = FaqGroup.objects.filter(is_archived=archived).order_by("position", "pk")
    return [group for group in groups.prefetch_related(questions) if group.questions.all()]


def owes(person: Person) -> bool:
    """Whether a fee of theirs is still to be paid; one of nothing settles itself."""
    return FeeDue.objects.outstanding().filter(person=person, pence__gt=0).exists()
