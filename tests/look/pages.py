"""The pages of the demo, one of each template and person, as the checkers are given them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cmsuk.made_up import people
from foundation.models import Letter
from tests.look.crawling import STARTS, Page, crawl, signed_in

WHO = (
    people.MEMBER,
    people.APPROVED,
    people.DRAFT,
    people.SUBMITTED,
    people.ASKED,
    people.OFFERED,
    people.DECLINED,
    people.ASSOCIATE,
    people.GRACE,
    people.LAPSED,
    people.OFFICER,
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Seen:
    """A page, and whom it was shown to."""

    who: str
    page: Page

    def __str__(self) -> str:
        return f"{self.page.template} ({self.who} at {self.page.address})"


def all_pages() -> Iterator[Seen]:
    """What everybody can reach; nobody in particular follows the links of every letter too."""
    for page in crawl(signed_in(None), ["/", "/nowhere/", *_in_letters()]):
        yield Seen("nobody", page)
    for who in WHO:
        for page in crawl(signed_in(who), STARTS):
            yield Seen(who.login, page)


def one_of_each(found: list[Seen]) -> list[Seen]:
    """The first page of each template of ours."""
    first: dict[str, Seen] = {}
    for seen in found:
        if seen.page.html and seen.page.is_ours:
            first.setdefault(seen.page.template, seen)
    return list(first.values())


def _in_letters() -> list[str]:
    texts = Letter.objects.values_list("text", flat=True).order_by("pk")
    links = (link.rstrip(".,)") for text in texts for link in ADDRESS.findall(text))
    return list(dict.fromkeys(_within(link) for link in links))


def _within(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
