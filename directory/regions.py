"""How areas lie inside each other: county in region, region in nation, nation in the whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Tree:
    """The parents' codes of every area's code, between spaces; empty for what lies in nothing.

    A postcode area that crosses a border lies in the regions on both sides.
    """

    parents: Mapping[str, str]

    def covering(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the areas themselves and every area that one of them lies in."""
        found: set[str] = set()
        for code in codes:
            found |= self._around.get(code, frozenset({code}))
        return frozenset(found)

    def within(self, code: str) -> frozenset[str]:
        """Return the area itself and every area that lies in it, at any depth."""
        return self._inside.get(code, frozenset({code}))

    def touching(self, code: str) -> frozenset[str]:
        """Return every area that shares ground with this one: those around it and inside it."""
        return self.covering([code]) | self.within(code)

    @cached_property
    def _around(self) -> dict[str, frozenset[str]]:
        return {code: frozenset(self._upwards(code)) for code in self.parents}

    def _upwards(self, code: str) -> set[str]:
        found: set[str] = set()
        waiting = [code]
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += self.parents.get(step, "").split()
        return found

    @cached_property
    def _inside(self) -> dict[str, frozenset[str]]:
        inside: dict[str, set[str]] = defaultdict(set)
        for code, around in self._around.items():
            for each in around:
                inside[each].add(code)
        return {code: frozenset(codes) for code, codes in inside.items()}
