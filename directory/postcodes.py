"""Reads what somebody typed as a postcode into the districts to look up, most precise first."""

import re

AREA = re.compile(r"[A-Z]{1,2}")
OUTCODE = re.compile(r"(?P<area>[A-Z]{1,2})[0-9][A-Z0-9]?")
INWARD = re.compile(r"[0-9](?:[A-Z]{2})?")

# Districts of large users that Code-Point Open gives no position for.
WITHOUT_POSITION = frozenset({"BN91", "EN77", "LS78", "PO24", "S94", "SR43", "TW98"})
# Girobank, the British Forces Post Office and the post office's own non-geographic areas.
NOWHERE = frozenset({"GIR", "BFPO", "BF", "BX", "XX", "QC"})

NOT_A_POSTCODE = (
    "Enter a UK postcode or the first part of one, for example CF14 4XW or CF14. "
    "You can also choose a region instead."
)
CANNOT_PLACE = "We cannot place that postcode. Choose a region instead."


class UnplaceablePostcode(ValueError):
    """What was typed names no place that we know; the text says what to do instead."""


def districts(typed: str) -> tuple[str, ...]:
    """Return the outcode and its postcode area: `"cf144xw"` gives `("CF14", "CF")`.

    A full postcode, a sector, a district or an area alone is understood, in any case and
    spacing. A district we hold no position for falls back on its area.
    Raises UnplaceablePostcode for text that is no postcode and for codes without a place.
    """
    parts = re.findall(r"[A-Z0-9]+", typed.upper())
    together = "".join(parts)
    if together.startswith(("GIR", "BFPO")):
        raise UnplaceablePostcode(CANNOT_PLACE)
    found = OUTCODE.fullmatch(_outward(parts, together))
    if found is None and AREA.fullmatch(together) is None:
        raise UnplaceablePostcode(NOT_A_POSTCODE)
    codes = (found[0], found["area"]) if found else (together,)
    if NOWHERE.intersection(codes) or WITHOUT_POSITION.intersection(codes):
        raise UnplaceablePostcode(CANNOT_PLACE)
    return codes


def _outward(parts: list[str], together: str) -> str:
    """Return the first half: where the person put a gap, else where the postcode's shape puts it.

    Without a gap `CF14` could be a district or a sector of CF1; the district is meant more often.
    """
    gapped = len(parts) == 2 and INWARD.fullmatch(parts[1])
    if gapped and OUTCODE.fullmatch(parts[0]):
        return parts[0]
    if OUTCODE.fullmatch(together):
        return together
    cut = -3 if INWARD.fullmatch(together[-3:]) else -1
    return together[:cut]
