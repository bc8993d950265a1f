"""The map of the search page with its text twin: postcode areas by nation and region."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.counting import Counts
from directory.dot_map import Dot, dots, drawn
from directory.filters import Filters
from directory.matching import POSTCODE_AREA
from directory.nearby import nearby
from directory.vocabulary import Vocabulary


@dataclass(frozen=True)
class Twin:
    """The dots of one region, as words."""

    region: str
    dots: tuple[Dot, ...]


def uk_map(filters: Filters, numbers: Counts, words: Vocabulary, *, page: str) -> SafeString:
    """Who works where, of those that were asked for; nothing before anybody counted.

    `page` is the address of the search.
    """
    if not numbers.is_known:
        return SafeString()
    asked = filters.but(area="", place=None, miles=None).as_query()
    address = f"{page}?{asked}{'&' if asked else ''}postcode="
    return _map(address, numbers, words)


@lru_cache(maxsize=64)
def _map(address: str, numbers: Counts, words: Vocabulary) -> SafeString:
    """The same numbers give the same map, so that it is drawn once and not for every page."""
    areas = nearby().postcode_areas
    regions = [words.label(each.region_id) for each in areas]
    positions = tuple((each.code, each.name, each.latitude, each.longitude) for each in areas)
    by_code = {each.code: numbers.by_area.get(f"{POSTCODE_AREA}{each.code}", 0) for each in areas}
    shown = dots(positions, by_code)
    by_region: dict[str, list[Dot]] = defaultdict(list)
    for dot, region in zip(shown, regions, strict=True):
        by_region[region].append(dot)
    context = {
        "picture": drawn(shown, address),
        "twins": [Twin(region, tuple(found)) for region, found in sorted(by_region.items())],
        "address": address,
    }
    return render_to_string("directory/_map.html", context)
