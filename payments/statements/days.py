"""Days as UK banks write them: the day before the month, always."""

import datetime as dt
import re
from functools import lru_cache

_SHAPES = (
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.'-] ?(?P<y>\d{4}|\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[ -](?P<name>[A-Za-z]{3,9})[ -](?P<y>\d{4}|\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST = 3
CENTURY, SHORT_YEAR = 2000, 2
FIRST_YEAR, LAST_YEAR = 1990, 2100


class NoDay(ValueError):
    """The text is not a day; the words say what would be."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:40]}” is not a day such as 22/11/2026, so nothing of the file was taken."
        )


@lru_cache(maxsize=1024)
def read_day(text: str) -> dt.date:
    """“22/11/2026”, “22 Nov 2026”, “2026-11-22 10:00” or “22-11-26”. Raises NoDay."""
    written = text.strip()
    for shape in _SHAPES:
        if found := shape.fullmatch(written):
            return _day(found.groupdict(), text)
    raise NoDay(text)


def _day(parts: dict[str, str], text: str) -> dt.date:
    month = int(parts["m"]) if parts.get("m") else _month(parts["name"])
    year = int(parts["y"])
    year += CENTURY if len(parts["y"]) == SHORT_YEAR else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDay(text)
    try:
        return dt.date(year, month, int(parts["d"]))
    except ValueError as error:
        raise NoDay(text) from error


def _month(name: str) -> int:
    """The number of a month that is written out or cut; 0 for none."""
    known = name.lower()
    fits = [one for one in _MONTHS if one.startswith(known) and len(known) >= _SHORTEST]
    return _MONTHS.index(fits[0]) + 1 if fits else 0
