"""Issues of the magazine, and what is in them."""

import datetime as dt
import itertools
from typing import Any

from benefits.models import Article, Issue, IssueFile
from tests.factories import A_DAY, A_MOMENT
from tests.foundation.files import pdf

_numbers = itertools.count(1)


def make_issue(published_on: dt.date | None = A_DAY, **kwargs: Any) -> Issue:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "number": number,
        "title": f"Sample issue {number}",
        "published_on": published_on,
        "cover_text": "About **sample** things.",
    }
    return Issue.objects.create(**{**facts, **kwargs})


def make_article(issue: Issue | None = None, **kwargs: Any) -> Article:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "issue": issue or make_issue(),
        "title": f"Article {number}",
        "slug": f"article-{number}",
        "author": "Anna Invented",
        "teaser": "A sample teaser.",
        "text": "The **whole** secret text.",
    }
    return Article.objects.create(**{**facts, **kwargs})


def make_file(issue: Issue) -> IssueFile:
    content = pdf()
    return IssueFile.objects.create(
        issue=issue, name="issue.pdf", content=content, bytes=len(content), added_at=A_MOMENT
    )
