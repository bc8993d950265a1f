"""Pictures of pages in three widths, in light and dark, and the page that shows them all."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.template import Context, Engine
from playwright.sync_api import Page as Window

from tests.look.pages import Seen

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
LONGEST = 8000
"""Pixels of a page that are drawn: what is further down looks like what is above."""


@dataclass(frozen=True)
class Picture:
    """A drawing of a page: its file within the gallery."""

    file: str
    width: int
    scheme: str


@dataclass(frozen=True)
class Shown:
    """A page with its pictures, and what checkers found wrong with it."""

    seen: Seen
    pictures: list[Picture]
    faults: list[str]

    @property
    def who(self) -> str:
        return self.seen.who


def draw(window: Window, folder: Path, stem: str) -> list[Picture]:
    """Pictures of one open page, whole unless it is very long."""
    drawn = []
    for scheme in SCHEMES:
        window.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            picture = Picture(f"{stem}-{width}-{scheme}.jpg", width, scheme)
            window.set_viewport_size({"width": width, "height": 800})
            height = window.evaluate("document.documentElement.scrollHeight")
            window.screenshot(
                path=folder / picture.file,
                type="jpeg",
                quality=70,
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)},
            )
            drawn.append(picture)
    return drawn


def write(folder: Path, shown: list[Shown], broken: list[str], unchecked: list[str]) -> Path:
    """The page that shows the pictures, by person; says which links are broken."""
    template = Engine().from_string(Path(__file__).with_name("gallery.html").read_text())
    people = [(who, list(theirs)) for who, theirs in groupby(shown, key=lambda one: one.who)]
    given = {
        "people": people,
        "pages": len(shown),
        "with_faults": [one for one in shown if one.faults],
        "broken": broken,
        "unchecked": unchecked,
    }
    index = folder / "index.html"
    index.write_text(template.render(Context(given)))
    return index
