"""Where listings stand in the order of results, and how a page of them goes on to the next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from directory.cards import Row

MARK = re.compile(r"(?P<band>[0-6])-(?P<lot>[0-9a-f]{0,16})-(?P<listing>[0-9]{1,18})")


@dataclass(frozen=True, order=True)
class Mark:
    """Where a listing stands in the order: its band of distance, its lot, its number."""

    band: int
    lot: str
    listing: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark in an address, or none where it is no such thing."""
        found = MARK.fullmatch(text)
        if found is None:
            return None
        return cls(int(found["band"]), found["lot"], int(found["listing"]))

    def __str__(self) -> str:
        return f"{self.band}-{self.lot}-{self.listing}"


@dataclass(frozen=True)
class Entry:
    """A listing that was found, and the miles to its base where both ends are known."""

    mark: Mark
    miles: float | None = None

    @property
    def listing(self) -> int:
        return self.mark.listing


@dataclass(frozen=True)
class Found:
    """One page of entries, the rows that were read on the way, and whether there is more."""

    entries: tuple[Entry, ...]
    rows: Mapping[int, Row]
    has_more: bool

    @property
    def listings(self) -> tuple[int, ...]:
        return tuple(entry.listing for entry in self.entries)

    @property
    def following(self) -> str:
        """The mark after which the next page goes on, or nothing."""
        return str(self.entries[-1].mark) if self.has_more else ""
