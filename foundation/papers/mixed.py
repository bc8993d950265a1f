"""Sets text of several typefaces: a paragraph in the flow, or one line at a place.

reportlab's own paragraphs shape a word by its first typeface alone, so that a comma after a name
in Devanagari prints as another letter.
"""

from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from foundation.papers import fonts, scripts
from foundation.papers.tags import Node

STROKE = 0.03
"""How much heavier strong text is where the typeface has one weight, as a part of its size."""
ALSO_STROKED = 2


class Mixed(Flowable):  # type: ignore[misc]
    """A paragraph that belongs to a node, in the typefaces that its signs need."""

    def __init__(self, words: str, style: ParagraphStyle, node: Node) -> None:
        super().__init__()
        self.words, self.style, self.node = fonts.tidied(words), style, node
        self.lines: list[str] = []
        node.attributes["words"] = words

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self.width = room
        self.lines = scripts.lines(self.words, room=room, width_of=self._width)
        self.height = len(self.lines) * self.style.leading
        return room, self.height

    def split(self, room: float, height: float) -> list[Any]:
        _width, whole = self.wrap(room, height)
        fit = int(height // self.style.leading)
        if whole <= height:
            return [self]
        if not fit:
            return []
        parts = ("\n".join(self.lines[:fit]), "\n".join(self.lines[fit:]))
        return [_Part(words, self) for words in parts]

    def draw(self) -> None:
        style = self.style
        with self.node.drawn_on(self.canv):
            self.canv.setFillColor(style.textColor)
            self.canv.setStrokeColor(style.textColor)
            for number, line in enumerate(self.lines):
                y = self.height - style.fontSize - number * style.leading
                x = self.width - self._width(line) if style.alignment == TA_RIGHT else 0
                draw(self.canv, x, y, line, size=style.fontSize, bold=self._is_bold)

    @property
    def _is_bold(self) -> bool:
        return bool(self.style.fontName == fonts.BOLD)

    def _width(self, line: str) -> float:
        return width_of(line, size=self.style.fontSize, bold=self._is_bold)


class _Part(Mixed):
    """One page's share of a paragraph: its node keeps the words of the whole."""

    def __init__(self, words: str, of: Mixed) -> None:
        whole = of.node.attributes["words"]
        super().__init__(words, of.style, of.node)
        self.node.attributes["words"] = whole


def width_of(line: str, *, size: float, bold: bool = False) -> float:
    """How wide a line is, in points."""
    return sum(
        fonts.width_of(fonts.shaped(one.text, one.face, size), one.face, size)
        for one in scripts.pieces(line, bold=bold)
    )


def draw(canvas: Any, x: float, y: float, line: str, *, size: float, bold: bool = False) -> None:
    """One line, its first sign at a place."""
    canvas.setLineWidth(size * STROKE)
    for one in scripts.as_seen(scripts.pieces(line, bold=bold)):
        made = fonts.shaped(one.text, one.face, size)
        is_other = one.face not in (fonts.REGULAR, fonts.BOLD)
        canvas.setFont(one.face, size)
        canvas.drawString(x, y, made, mode=ALSO_STROKED if bold and is_other else None)
        x += fonts.width_of(made, one.face, size)


def draw_right(canvas: Any, x: float, y: float, line: str, *, size: float) -> None:
    """One line that ends at a place."""
    draw(canvas, x - width_of(line, size=size), y, line, size=size)
