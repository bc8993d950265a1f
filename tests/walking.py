"""Reads a page as a browser does: its tags, their attributes, and what is wrong with them."""

import itertools
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit", "button", "image"}


class Page(HTMLParser):
    """The tags of one page in order, and the text of its title and headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.title = ""
        self.scripts_inside = 0
        self._in_title = False
        self._in_picture = 0
        self._in_label = 0
        self.wrapped: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        self._in_picture += tag == "svg"
        self._in_title = tag == "title" and not self._in_picture
        self._in_label += tag == "label"
        if tag in CONTROLS and self._in_label:
            self.wrapped.append(known)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._in_picture -= tag == "svg"
        self._in_label -= tag == "label"

    def handle_data(self, text: str) -> None:
        if self._in_title:
            self.title += text.strip()

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.tags if tag in names]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the structure of a page, in words."""
    yield from _frame(page)
    yield from _headings(page)
    yield from _references(page)
    yield from _labels(page)
    yield from _inline(page)


def _frame(page: Page) -> Iterator[str]:
    if [attrs.get("lang") for attrs in page.all("html")] != ["en-GB"]:
        yield "no lang=en-GB"
    if not page.title.endswith("– CMSUK") or page.title.startswith("–"):
        yield f"title “{page.title}”"
    if page.links[:1] != ["#main"]:
        yield "the skip link does not come first"
    for name in ("main", "header", "footer"):
        if len(page.all(name)) != 1:
            yield f"{len(page.all(name))} × {name}"
    navs = [attrs.get("aria-label", attrs.get("aria-labelledby", "")) for attrs in page.all("nav")]
    if "" in navs or len(set(navs)) != len(navs):
        yield f"navigations are not told apart: {navs}"


def _headings(page: Page) -> Iterator[str]:
    levels = [int(tag[1]) for tag, _attrs in page.tags if tag in {"h1", "h2", "h3", "h4", "h5"}]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} × h1"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def _references(page: Page) -> Iterator[str]:
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    for name, count in Counter(ids).items():
        if count > 1 or not name:
            yield f"id “{name}” {count} times"
    for words, name in _named(page):
        if name not in ids:
            yield f"{words} {name} leads nowhere"


def _named(page: Page) -> Iterator[tuple[str, str]]:
    """Every id that something on the page refers to."""
    for tag, attrs in page.tags:
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form"):
            for name in attrs.get(attribute, "").split():
                yield f"{tag} {attribute}", name
    for link in page.links:
        if link.startswith("#"):
            yield "link", link[1:]


def _labels(page: Page) -> Iterator[str]:
    labelled = {attrs["for"] for attrs in page.all("label") if "for" in attrs}
    for attrs in page.all(*CONTROLS):
        named = {"aria-label", "aria-labelledby"} & set(attrs)
        if attrs.get("type") in UNSEEN or named or attrs in page.wrapped:
            continue
        if attrs.get("id", "") not in labelled:
            yield f"{attrs.get('name')} has no label"
    for attrs in page.all("img"):
        if "alt" not in attrs:
            yield f"img {attrs.get('src')} has no alt"


def _inline(page: Page) -> Iterator[str]:
    if page.all("style"):
        yield "a style sheet inside the page"
    for tag, attrs in page.tags:
        if "style" in attrs:
            yield f"{tag} has a style of its own"
        if any(name.startswith("on") for name in attrs):
            yield f"{tag} has a script of its own"
        # A block of data, for search engines or for a script, is never run: no policy allows it.
        is_data = attrs.get("type") in {"application/ld+json", "application/json"}
        if tag == "script" and "src" not in attrs and not is_data:
            yield "a script inside the page"
        source = attrs.get("src", "") or (attrs.get("href", "") if tag == "link" else "")
        if "//" in source.removeprefix("data:"):
            yield f"{tag} is loaded from {source}"
