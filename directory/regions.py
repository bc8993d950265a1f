"""How areas lie inside each other: county in region, region in nation, nation in the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tree:
    """The parent's code of every area's code, empty for what lies in nothing."""

    parents: Mapping[str, str]

    def covering(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the areas themselves and every area that one of them lies in."""
        found: set[str] = set()
        for code in codes:
            step = code
            while step and step not in found:
                found.add(step)
                step = self.parents.get(step, "")
        return frozenset(found)

    def within(self, code: str) -> frozenset[str]:
        """Return the area itself and every area that lies in it, at any depth."""
        return frozenset(each for each in self.parents if code in self.covering([each])) | {code}

    def touching(self, code: str) -> frozenset[str]:
        """Return every area that shares ground with this one: those around it and inside it."""
        return self.covering([code]) | self.within(code)
