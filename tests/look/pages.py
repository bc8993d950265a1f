"""The pages of the demo, one of each template and person, as the checkers are given them."""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cmsuk.made_up import people
from foundation.models import Letter
from tests.look.crawling import STARTS, Page, crawl, pattern_of, signed_in

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
NOWHERE = "/nowhere/"
"""No link leads there: so that the page that says so is looked at too."""
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
PROTECTION = re.compile(r'value="[\w:-]{30,}"')


@dataclass(frozen=True)
class Seen:
    """A page, and whom it was shown to."""

    who: str
    page: Page

    def __str__(self) -> str:
        return f"{self.page.template} ({self.who} at {self.page.address})"


def all_pages() -> Iterator[Seen]:
    """What everybody can reach; nobody in particular follows the links of every letter too."""
    for page in crawl(signed_in(None), ["/", NOWHERE, *_in_letters()]):
        yield Seen("nobody", page)
    for who in WHO:
        for page in crawl(signed_in(who), STARTS):
            yield Seen(who.login, page)


def broken_links(found: list[Seen]) -> list[Seen]:
    """Where a link leads to nothing; what a letter led to may have been used, and says so."""
    pages = [seen for seen in found if seen.page.address != NOWHERE]
    return [seen for seen in pages if seen.page.status not in {200, 410}]


def one_of_each(found: list[Seen]) -> list[Seen]:
    """The first page of each template of ours."""
    return _firsts([seen for seen in found if seen.page.is_ours], lambda seen: seen.page.template)


def one_for_everybody(found: list[Seen]) -> list[Seen]:
    """The first page of each template that each of them sees; of the admin's own, of each list.

    What several see alike is there once, for the first of them.
    """

    def kind(seen: Seen) -> tuple[str, str]:
        page = seen.page
        return seen.who, page.template if page.is_ours else pattern_of(page.address)

    return _firsts(_firsts(found, kind), lambda seen: _within_main(seen.page.html))


def _within_main(html: str) -> str:
    """What a page shows that is its own, without the words that protect its forms."""
    _before, _main, rest = html.partition("<main")
    return PROTECTION.sub("", rest.partition("</main>")[0]) or html


def _firsts(found: list[Seen], kind: Callable[[Seen], Hashable]) -> list[Seen]:
    first: dict[Hashable, Seen] = {}
    for seen in found:
        if seen.page.html:
            first.setdefault(kind(seen), seen)
    return list(first.values())


def _in_letters() -> list[str]:
    texts = Letter.objects.values_list("text", flat=True).order_by("pk")
    links = (link.rstrip(".,)") for text in texts for link in ADDRESS.findall(text))
    return list(dict.fromkeys(_within(link) for link in links))


def _within(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
