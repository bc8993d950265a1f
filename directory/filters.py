"""What a purchaser asks for, and the address of its results."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from directory.models import Outcode


@dataclass(frozen=True)
class Filters:
    """What was asked. Empty means any; several areas of expertise are all wanted."""

    area: str = ""
    expertise: tuple[str, ...] = ()
    place: Outcode | None = None
    miles: int | None = None
    group: str = ""

    @property
    def is_any(self) -> bool:
        return self == type(self)()

    @property
    def facet(self) -> str | None:
        """The name under which these are counted beforehand; none for a mixture that is not."""
        asked = [*self.expertise, *([f"group-{self.group}"] if self.group else [])]
        return "" if not asked else asked[0] if len(asked) == 1 else None

    def without_expertise(self, code: str) -> Self:
        return replace(self, expertise=tuple(each for each in self.expertise if each != code))

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)

    def as_query(self) -> str:
        """The address of these results: of a postcode it holds the district only."""
        expertise = dict(zip(("expertise", "also"), self.expertise, strict=False))
        place = self.place.code if self.place else ""
        asked = {
            "area": self.area,
            "postcode": place,
            "miles": self.miles,
            **expertise,
            "group": self.group,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def place_of(filters: Filters) -> Outcode:
    """The place that was asked for. Raises ValueError where there is none."""
    if filters.place is None:
        raise ValueError("Without a place nobody is near it.")
    return filters.place
