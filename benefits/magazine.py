"""Who reads what of the magazine: a question of dates, asked anew each time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from benefits.models import Article, Issue, IssueFile, IssueQuerySet, IssueRead
from foundation import links, structured, writing
from foundation.prepared import A_DAY, Rows
from membership import one_person, standing
from membership.models import FeeDue, Person

READS_ALL = ("active", "grace")
"""Days of grace keep what membership brings."""
NAME = "Inside Case Management"
LATEST = Rows(A_DAY, lambda on: Issue.objects.out(on)[:1])


@dataclass(frozen=True)
class Shown:
    """An article as somebody may read it: whole, or its teaser."""

    article: Article
    is_whole: bool
    html: SafeString
    json_ld: SafeString


def readable(person: Person, *, on: dt.date) -> IssueQuerySet:
    """The issues that somebody reads whole: all of them for a member.

    Those that came out while they were one stay theirs. Three queries at most, and its own.
    """
    out = Issue.objects.out(on)
    if standing.of(person, on).state in READS_ALL:
        return out
    return out.filter(_came_out_in_their_time(person))


def _came_out_in_their_time(person: Person) -> Exists:
    """Within a term that was paid or waived, before a suspension that lasts, until they left."""
    day = OuterRef("published_on")
    membership = "person__membership__"
    return Exists(
        FeeDue.objects.filter(
            Q(**{f"{membership}suspended_at": None})
            | Q(**{f"{membership}suspended_at__date__gt": day}),
            Q(**{f"{membership}resigned_on": None}) | Q(**{f"{membership}resigned_on__gte": day}),
            person__in=one_person.accounts_of(person),
            starts_on__lte=day,
            ends_on__gte=day,
            cancelled_at=None,
        )
    )


def may_read(person: Person | None, issue: Issue, *, on: dt.date) -> bool:
    return person is not None and readable(person, on=on).filter(pk=issue.pk).exists()


def latest(on: dt.date) -> Issue | None:
    """The newest issue that is out. One query."""
    return next(iter(LATEST(on)), None)


def with_contents(issues: IssueQuerySet) -> IssueQuerySet:
    """With what their contents tell, and whether there is a file; the texts stay where they are."""
    told = Article.objects.defer("text").order_by("position", "pk")
    has_file = Exists(IssueFile.objects.filter(issue=OuterRef("pk")))
    return issues.annotate(has_file=has_file).prefetch_related(Prefetch("articles", told))


def others(article: Article) -> QuerySet[Article]:
    """What else is in its issue."""
    told = article.issue.articles.exclude(pk=article.pk)
    return told.defer("text").order_by("position", "pk")


def note_reading(person: Person, issue: Issue, *, on: dt.date) -> None:
    """The first day alone: how often, and what in it, is nobody's business."""
    IssueRead.objects.get_or_create(person=person, issue=issue, defaults={"first_on": on})


def shown(article: Article, *, is_whole: bool) -> Shown:
    """An article, or its teaser for those who may not read it."""
    html = writing.page(article.text) if is_whole else SafeString("")
    return Shown(article, is_whole, html, _json_ld(article))


def _json_ld(article: Article) -> SafeString:
    """It says nothing that the page does not show to everybody."""
    issue = article.issue
    facts: dict[str, object] = {
        "@type": "Article",
        "headline": article.title,
        "description": article.teaser,
        "url": links.absolute(article.get_absolute_url()),
        "isAccessibleForFree": False,
        "hasPart": {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".for-members",
        },
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": issue.number,
            "name": issue.title,
            "isPartOf": {"@type": "Periodical", "name": NAME},
        },
    }
    if issue.published_on is not None:
        facts["datePublished"] = issue.published_on.isoformat()
    if article.author:
        facts["author"] = {"@type": "Person", "name": article.author}
    return structured.as_json_ld(facts)


def addresses(on: dt.date) -> Iterator[str]:
    """What a search engine may list: the archive, and what everybody reads. Two queries."""
    yield reverse("benefits:magazine")
    for issue in with_contents(Issue.objects.out(on)):
        yield issue.get_absolute_url()
        for article in issue.articles.all():
            yield reverse("benefits:article", args=[issue.number, article.slug])
