"""Composes the search page: what was found, what each choice would find, and what to do next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.cards import Card, cards
from directory.counting import ANY, UNKNOWN, Counts, counts
from directory.filters import Filters
from directory.forms_search import SearchForm
from directory.marks import Found, Mark
from directory.matching import POSTCODE_AREA
from directory.options import choices
from directory.order import BAND_LIMITS_MILES
from directory.rounding import MANY, rounded
from directory.search import Search
from directory.vocabulary import Vocabulary
from directory.widening import Wider, blame, widen

MILES = [(str(step), f"{step} miles") for step in BAND_LIMITS_MILES]


@dataclass(frozen=True)
class Results:
    """What templates/directory/search.html says of one search."""

    filters: Filters
    found: Found
    cards: list[Card]
    total: str
    changes: list[Wider]
    blame: str
    is_first: bool

    @property
    def heading(self) -> str:
        where = f" for {self.filters.place}" if self.filters.place else ""
        if not self.is_first:
            return f"More case managers{where}"
        if not self.cards:
            return "Nobody found"
        return f"{self.total} case manager{'' if self.total == '1' else 's'}{where}"

    @property
    def first(self) -> str:
        """The address of the first page, for whoever has left it."""
        return "" if self.is_first else f"?{self.filters.as_query()}"

    @property
    def following(self) -> str:
        """The address of the next page, or nothing."""
        if not self.found.has_more:
            return ""
        asked = self.filters.as_query()
        return f"?{asked}{'&' if asked else ''}after={self.found.following}"

    @property
    def drawn(self) -> SafeString:
        """The cards as items of a list."""
        return SafeString("".join(map(drawn_card, self.cards)))


def results(
    filters: Filters, counted: Counts, *, words: Vocabulary, on: dt.date, after: Mark | None
) -> Results:
    """Search, and read the cards of one page. At most five queries."""
    search = Search(filters, words, on, expected=_expected(filters, counted), share=counted.share)
    found = search.page(after)
    is_empty = not found.entries and after is None
    changes = widen(search) if is_empty else []
    return Results(
        filters=filters,
        found=found,
        cards=cards(found.listings, on=on, place=filters.place, rows=found.rows),
        total=_total(filters, found, counted) if after is None else "",
        changes=changes,
        blame=blame(filters, changes) if is_empty else "",
        is_first=after is None,
    )


def counted(filters: Filters | None, *, at: dt.datetime) -> Counts:
    """The numbers beside the choices: of a place those around its postcode area. One query."""
    if filters is None:
        return counts(area="", facet="", at=at)
    place = filters.place
    around = f"{POSTCODE_AREA}{place.postcode_area_id or place.code}" if place else filters.area
    return counts(area=around, facet=filters.facet, at=at)


def lists(
    form: SearchForm, filters: Filters | None, numbers: Counts, words: Vocabulary
) -> Mapping[str, SafeString]:
    """The choices of every list of the form, with numbers where they say something."""
    has_place = filters is not None and filters.place is not None
    area = filters.area if filters else form.typed("area")
    chosen = (area, *(form.typed(name) for name in ("miles", "expertise", "also", "group")))
    return _lists(chosen, UNKNOWN if has_place else numbers, words)


@lru_cache(maxsize=64)
def _lists(chosen: tuple[str, ...], numbers: Counts, words: Vocabulary) -> Mapping[str, SafeString]:
    """The same choices and numbers give the same lists, so they are drawn once."""
    area, miles, expertise, also, group = chosen
    by_area, by_facet = numbers.by_area, numbers.by_facet
    by_group = {code: by_facet.get(f"group-{code}", 0) for code, _label in words.groups}
    is_known = numbers.is_known
    return {
        "miles": choices("Any distance", [("", MILES)], chosen=miles),
        "area": choices("Any area", words.areas, chosen=area, counts=by_area if is_known else None),
        "expertise": choices(
            "Any expertise",
            [("", words.expertise)],
            chosen=expertise,
            counts=by_facet if is_known else None,
        ),
        "also": choices("Any expertise", [("", words.expertise)], chosen=also),
        "group": choices(
            "Anybody",
            [("", words.groups)],
            chosen=group,
            counts=by_group if is_known else None,
        ),
    }


def drawn_fields(form: SearchForm, *, postcode: str, lists: Mapping[str, SafeString]) -> SafeString:
    """The fields with their labels, and with what is wrong with what was typed or chosen."""
    if form.errors:
        typed = {"typed": postcode, "errors": form.errors.get("postcode")}
        chosen = {"lists": lists, "errors": form.errors}
        return SafeString(
            render_to_string("directory/_postcode.html", typed)
            + render_to_string("directory/_selects.html", chosen)
        )
    return SafeString(_drawn_postcode(postcode) + _drawn_lists(tuple(lists.items())))


@lru_cache(maxsize=64)
def _drawn_postcode(typed: str) -> SafeString:
    return render_to_string("directory/_postcode.html", {"typed": typed, "errors": None})


@lru_cache(maxsize=64)
def _drawn_lists(drawn: tuple[tuple[str, SafeString], ...]) -> SafeString:
    context = {"lists": dict(drawn), "errors": {}}
    return render_to_string("directory/_selects.html", context)


@lru_cache(maxsize=2_000)
def drawn_card(card: Card) -> SafeString:
    """A card as it stands among the results; the same words are drawn once.

    No standing is kept by this: only the cards of those who were found just now are asked for.
    """
    return render_to_string("directory/_result.html", {"card": card})


def _expected(filters: Filters, counted: Counts) -> float:
    """About how many match everything but the place; nobody knows before anybody counted.

    As if each filter took its share of what the others leave.
    """
    matching = counted.by_area.get(filters.area, 0)
    if filters.place is None or filters.facet is not None:
        return matching
    facets = [*filters.expertise, *([f"group-{filters.group}"] if filters.group else [])]
    everybody = counted.everywhere.get(ANY, 0) or 1
    return matching * prod(counted.everywhere.get(facet, 0) / everybody for facet in facets)


def _total(filters: Filters, found: Found, counted: Counts) -> str:
    """How many there are: exactly where all are shown, else as they were counted lately."""
    shown = len(found.entries)
    if not found.has_more:
        return str(shown)
    number = counted.by_facet.get(filters.facet, 0) if filters.facet is not None else 0
    if filters.miles is not None or number <= shown:
        return f"More than {shown}"
    return f"{MANY}+" if number >= MANY else rounded(number).capitalize()
