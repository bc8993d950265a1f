"""Turns what the office writes into HTML: Markdown without markup of its own, cleaned once more.

Two libraries stand behind each other: the first never lets HTML of a text through, the second
keeps nothing but the tags named here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urljoin

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TAGS = frozenset(
    {
        *("h2", "h3", "h4", "p", "br", "hr", "blockquote", "pre"),
        *("a", "code", "em", "strong", "li", "ol", "ul"),
        *("table", "tbody", "td", "th", "thead", "tr"),
    }
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
DEEPEST = 4
KEPT = 500
"""So many texts are kept as they were rendered; the society has some fifty."""
SAID = ("text", "code_inline")
BREAKS = ("softbreak", "hardbreak")
_FIGURE = re.compile(r"\{([^{}\n]*)\}")
NO_FIGURES: Mapping[str, str] = {}


def _below_the_title(state: StateCore) -> None:
    """Headings stand below the one that the text itself stands under, and skip no level."""
    above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [*(one for one in above if one < level), level]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(state.env['under'] + len(above), DEEPEST)}"


def _whole_addresses(state: StateCore) -> None:
    """Links to pages of this site, for readers who are elsewhere: in a letter."""
    base = state.env.get("base", "")
    for token in state.tokens:
        for child in token.children or ():
            if base and child.type == "link_open" and str(child.attrs["href"]).startswith("/"):
                child.attrs["href"] = urljoin(base, str(child.attrs["href"]))


def _parser() -> MarkdownIt:
    # Pictures are left out: nothing is loaded from another host, and none lies here.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.core.ruler.push("below_the_title", _below_the_title)
    parser.core.ruler.push("whole_addresses", _whole_addresses)
    return parser


_MARKDOWN = _parser()


def figures_in(text: str) -> list[str]:
    """The figures that a text names in {braces}."""
    return _FIGURE.findall(text)


def filled(text: str, known: Mapping[str, str]) -> str:
    """A text with its figures; what is unknown stays as it was written."""
    return _FIGURE.sub(lambda match: known.get(match[1], match[0]), text)


def page(
    text: str, known: Mapping[str, str] = NO_FIGURES, *, under: int = 1, base: str = ""
) -> SafeString:
    """A text with its figures, safe to show whatever it holds; `under` is its heading's level.

    With a `base` the links to pages of ours are whole addresses.
    """
    return _rendered(filled(text, known), under, base)


def plain(text: str, known: Mapping[str, str] = NO_FIGURES) -> str:
    """Its words alone, for a search and for a reader of feeds."""
    return _bare(filled(text, known))


def tokens(text: str, *, base: str = "") -> list[Token]:
    """What a text is made of, for another writer than that of HTML."""
    return _MARKDOWN.parse(text, {"under": 1, "base": base})


@lru_cache(maxsize=KEPT)
def _rendered(text: str, under: int, base: str) -> SafeString:
    """By its words alone, so that it is kept for as long as they stay, figures included."""
    clean = nh3.clean(
        _MARKDOWN.render(text, {"under": under, "base": base}),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return SafeString(clean)


@lru_cache(maxsize=KEPT)
def _bare(text: str) -> str:
    parts = ("".join(_words(token)) for token in tokens(text) if token.children)
    return " ".join(" ".join(parts).split())


def _words(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in BREAKS:
            yield " "
        elif child.type in SAID:
            yield child.content


def links(text: str) -> list[str]:
    """Where its links lead."""
    return [
        str(child.attrs["href"])
        for token in tokens(text)
        for child in token.children or ()
        if child.type == "link_open"
    ]
