"""Every letter with made-up facts, as its reader would get it: to be read before it is sent."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from foundation import letter_page

FILE = Path(settings.BASE_DIR) / "templates" / "letters" / "letters.toml"
SHARED = "shared"


@dataclass(frozen=True)
class Shown:
    """A letter as it reads in one case."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Sample:
    """One letter; `part` is what it is about, `cases` the facts of each case.

    `pair` is the start of the names of both templates of a letter of allauth's, else empty.
    """

    name: str
    part: str
    to: str
    when: str
    pair: str
    cases: tuple[Mapping[str, Any], ...]

    @property
    def title(self) -> str:
        """Its name in words."""
        return self.name.replace("_", " ").capitalize()

    def shown(self) -> tuple[Shown, ...]:
        """In the order of the cases, the usual one first."""
        return tuple(Shown(*self._rendered(dict(case))) for case in self.cases)

    def _rendered(self, case: dict[str, Any]) -> tuple[str, str, str]:
        if self.pair:
            return letter_page.render_pair(self.pair, case)
        return letter_page.render(self.name, case)


@cache
def all_of_them() -> tuple[Sample, ...]:
    """In the order of the file, part by part."""
    parts = tomllib.loads(FILE.read_text(encoding="utf-8"))
    shared = parts.pop(SHARED)
    return tuple(
        _sample(name, part, shared, told) for part in parts for name, told in parts[part].items()
    )


def find(name: str) -> Sample | None:
    """One letter by its name."""
    return next((one for one in all_of_them() if one.name == name), None)


def laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables within tables are laid over each other, too; lists are not."""
    both = {**under, **over}
    for name in under.keys() & over.keys():
        if isinstance(under[name], dict) and isinstance(over[name], dict):
            both[name] = laid_over(under[name], over[name])
    return both


def _sample(name: str, part: str, shared: dict[str, Any], told: dict[str, Any]) -> Sample:
    usual = laid_over(shared, told.get("given", {}))
    others = (laid_over(usual, other) for other in told.get("also", ()))
    return Sample(
        name=name,
        part=part,
        to=told["to"],
        when=told["when"],
        pair=told.get("pair", ""),
        cases=(usual, *others),
    )
