"""Finds the place that somebody typed: a postcode, a part of one, or a town."""

from directory.models import Outcode
from directory.nearby import nearby
from directory.postcodes import CANNOT_PLACE, NOT_A_POSTCODE, UnplaceablePostcode, districts

SHORTEST_TOWN = 3


def place(typed: str) -> Outcode:
    """Return the most precise place we hold for the text. No query while places are kept.

    Raises UnplaceablePostcode with a sentence that says what to do instead.
    """
    try:
        codes = districts(typed)
    except UnplaceablePostcode as refused:
        if str(refused) != NOT_A_POSTCODE:
            raise
        return _town(typed.strip().casefold())
    known = nearby().places
    for code in codes:
        if code in known:
            return known[code]
    raise UnplaceablePostcode(CANNOT_PLACE)


def _town(name: str) -> Outcode:
    """Return the one postcode area whose town starts so; “London” names eight of them."""
    towns = [each for each in nearby().postcode_areas if each.name.casefold().startswith(name)]
    if len(name) < SHORTEST_TOWN or len(towns) != 1:
        raise UnplaceablePostcode(NOT_A_POSTCODE)
    return towns[0]
