"""What to offer when nobody matches: which filter leaves nobody, and the changes that find some."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory.search import Filters, find
from directory.vocabulary import Vocabulary

MILES = (5, 10, 25, 50, 100)


@dataclass(frozen=True)
class Wider:
    """A change of one filter, in words, and how many people it finds."""

    changed: str
    words: str
    count: int
    filters: Filters


def widen(filters: Filters, *, words: Vocabulary, on: dt.date) -> list[Wider]:
    """Return the changes that find somebody. At most one query a filter, and two for a place."""
    changes = [
        *_further(filters, words=words, on=on),
        *_elsewhere(filters, words=words, on=on),
        *_less_expertise(filters, words=words, on=on),
    ]
    return [change for change in changes if change.count]


def blame(filters: Filters, changes: list[Wider]) -> str:
    """Say which filter leaves nobody, as far as changing one alone can show it."""
    changed = {change.changed for change in changes}
    if "the distance" in changed:  # leaving out the place leaves out the distance with it
        changed.discard("the place")
    if not filters.is_any and not changed:
        return "Nobody matches, and changing one filter alone does not help."
    if len(changed) == 1:
        return f"Nobody matches because of {changed.pop()}."
    if changed:
        return "Nobody matches all of these filters together."
    return "Nobody is listed in the directory today."


def _further(filters: Filters, *, words: Vocabulary, on: dt.date) -> Iterator[Wider]:
    """The next distance that finds somebody, and any distance where that finds more."""
    if filters.miles is None:
        return
    anywhere = replace(filters, miles=None)
    away = [entry.miles for entry in find(anywhere, tree=words.tree, on=on)]
    near = 0
    for step in (step for step in MILES if step > filters.miles):
        near = sum(miles is not None and miles <= step for miles in away)
        if near:
            yield Wider("the distance", f"within {step} miles", near, replace(filters, miles=step))
            break
    if len(away) > near:
        yield Wider("the distance", "at any distance", len(away), anywhere)


def _elsewhere(filters: Filters, *, words: Vocabulary, on: dt.date) -> Iterator[Wider]:
    """The region of the place instead of the place, and any area."""
    if filters.place is not None:
        region = filters.place.region_id
        wider = replace(filters, place=None, miles=None, area=region)
        yield _change("the place", f"in all of {words.label(region)}", wider, words=words, on=on)
    if filters.area:
        wider = replace(filters, area="")
        yield _change("the area", "in any area", wider, words=words, on=on)


def _less_expertise(filters: Filters, *, words: Vocabulary, on: dt.date) -> Iterator[Wider]:
    for code in filters.expertise:
        label = words.label(code)
        wider = filters.without_expertise(code)
        yield _change(f"the expertise “{label}”", f"without “{label}”", wider, words=words, on=on)


def _change(changed: str, text: str, filters: Filters, *, words: Vocabulary, on: dt.date) -> Wider:
    return Wider(changed, text, len(find(filters, tree=words.tree, on=on)), filters)
