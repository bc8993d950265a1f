"""Turns the parts of a paper into the blocks that reportlab sets on pages."""

from html import escape
from typing import Any

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from foundation.papers import fonts, scripts
from foundation.papers.mixed import Mixed
from foundation.papers.parts import Facts, Heading, Paper, Part, QrCode, Table, Words
from foundation.papers.tags import Node, ornament

INK, QUIET = HexColor("#111111"), HexColor("#444444")
NAME, LINE = HexColor("#0b5c66"), HexColor("#9aa5a8")
WIDTH = 170 * mm
FIRST_COLUMN = 50 * mm
FIGURE_COLUMN = 26 * mm
QR_SIZE = 32 * mm
GAP = 4 * mm
HEADING_AND_MORE = 30 * mm

BODY = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10.5, leading=14.5, textColor=INK)
STRONG = ParagraphStyle("strong", parent=BODY, fontName=fonts.BOLD)
FIGURE = ParagraphStyle("figure", parent=BODY, alignment=TA_RIGHT)
STRONG_FIGURE = ParagraphStyle("strong figure", parent=STRONG, alignment=TA_RIGHT)
TITLE = ParagraphStyle("title", parent=STRONG, fontSize=20, leading=25, spaceAfter=GAP)
HEADING = ParagraphStyle("heading", parent=STRONG, fontSize=13, leading=18, spaceBefore=GAP)
NOT_ALL_SIGNS = (
    "Signs written as (U+…) are missing from the typefaces of this file. The page on our website "
    "shows them as they are."
)


def story(paper: Paper, root: Node) -> list[Flowable]:
    """The title and every part, each with its node in the document's structure."""
    blocks: list[Flowable] = [_text(paper.title, TITLE, root.add("H1"))]
    for part in paper.parts:
        blocks += [*_blocks(part, root), Spacer(1, GAP / 2)]
    words = [paper.title, paper.foot, *map(_words_of, paper.parts)]
    if not all(map(scripts.is_whole, words)):
        blocks.append(Text(NOT_ALL_SIGNS, BODY, root.add("P")))
    return blocks


def _blocks(part: Part, root: Node) -> list[Flowable]:
    if isinstance(part, Heading):
        return _headed(part.text, root)
    if isinstance(part, Words):
        return [_text(part.text, STRONG if part.strong else BODY, root.add("P"))]
    if isinstance(part, Facts):
        return [_facts(part, root.add("Table"))]
    if isinstance(part, Table):
        return [*_headed(part.caption, root), _table(part, root.add("Table"))]
    return [
        _Square(part, root.add("Figure", alt=part.words)),
        _text(part.words, BODY, root.add("P")),
    ]


def _headed(text: str, root: Node) -> list[Flowable]:
    """A heading, with room below it for the start of what it names."""
    return [CondPageBreak(HEADING_AND_MORE), _text(text, HEADING, root.add("H2"))]


def _text(text: str, style: ParagraphStyle, node: Node) -> Flowable:
    """A paragraph; other scripts than ours need typefaces of their own."""
    return Text(text, style, node) if fonts.is_plain(text) else Mixed(text, style, node)


class Text(Paragraph):  # type: ignore[misc]
    """A paragraph that belongs to a node."""

    def __init__(
        self, text: str | None, style: Any, node: Node | None = None, **kwargs: Any
    ) -> None:
        super().__init__(None if text is None else _marked_up(text), style, **kwargs)
        self.node = node

    def split(self, *room: float) -> list[Any]:
        pieces: list[Any] = super().split(*room)
        for piece in pieces:
            piece.node = self.node
        return pieces

    def draw(self) -> None:
        if self.node is None:
            with ornament(self.canv):
                super().draw()
            return
        with self.node.drawn_on(self.canv):
            super().draw()


class _Lines(Grid):  # type: ignore[misc]
    """A table whose lines are ornament."""

    def _drawLines(self) -> None:  # noqa: N802 - reportlab's name
        with ornament(self.canv):
            super()._drawLines()


class _Square(Flowable):  # type: ignore[misc]
    """A QR code, drawn as squares with the quiet zone that readers need."""

    def __init__(self, part: QrCode, node: Node) -> None:
        super().__init__()
        self.rows = list(segno.make_qr(part.content, error="m").matrix_iter(border=4))
        self.node, self.width, self.height = node, QR_SIZE, QR_SIZE

    def draw(self) -> None:
        side = QR_SIZE / len(self.rows)
        with self.node.drawn_on(self.canv):
            self.canv.setFillColor(INK)
            for down, row in enumerate(self.rows, start=1):
                for along, is_dark in enumerate(row):
                    if is_dark:
                        place = (along * side, QR_SIZE - down * side, side, side)
                        self.canv.rect(*place, stroke=0, fill=1)


def _facts(part: Facts, node: Node) -> Grid:
    rows = []
    for name, value in part.rows:
        row = node.add("TR")
        head = _text(name, STRONG, row.add("TH", scope="Row"))
        rows.append([head, _text(value, BODY, row.add("TD"))])
    return _Lines(
        rows,
        splitInRow=1,
        colWidths=[FIRST_COLUMN, WIDTH - FIRST_COLUMN],
        style=[*PADDING, ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)],
    )


def _table(part: Table, node: Node) -> Grid:
    head = node.add("TR")
    rows = [[_cell(part, head, at, text) for at, text in enumerate(part.head)]]
    for number, cells in enumerate((*part.rows, *part.totals)):
        row, strong = node.add("TR"), number >= len(part.rows)
        rows.append([_cell(part, row, at, text, strong=strong) for at, text in enumerate(cells)])
    under = len(part.rows)
    return _Lines(
        rows,
        colWidths=_widths(part),
        repeatRows=1,
        splitInRow=1,
        style=[
            *PADDING,
            ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
            ("LINEBELOW", (0, under), (-1, under), 1, INK),
        ],
    )


def _cell(part: Table, row: Node, at: int, text: str, *, strong: bool | None = None) -> Flowable:
    """One cell; `strong` is None in the head of the table."""
    is_figure = at >= part.words
    if strong is None:
        return _text(text, STRONG_FIGURE if is_figure else STRONG, row.add("TH", scope="Column"))
    styles = (STRONG, STRONG_FIGURE) if strong else (BODY, FIGURE)
    return _text(text, styles[is_figure], row.add("TD"))


def _widths(part: Table) -> list[float]:
    """Figures take what they need; the first column of words takes twice the others."""
    if not part.words:
        return [WIDTH / part.figures] * part.figures
    share = (WIDTH - part.figures * FIGURE_COLUMN) / (part.words + 1)
    return [2 * share, *[share] * (part.words - 1), *[FIGURE_COLUMN] * part.figures]


def _marked_up(text: str) -> str:
    """As reportlab reads paragraphs: nothing in it is markup, and its line breaks are kept."""
    return escape(fonts.printable(text)).replace("\n", "<br/>")


def _words_of(part: Part) -> str:
    """Every word of a part that is printed."""
    if isinstance(part, Facts):
        return "".join(map("".join, part.rows))
    if isinstance(part, Table):
        return part.caption + "".join(map("".join, (part.head, *part.rows, *part.totals)))
    return part.words if isinstance(part, QrCode) else part.text


PADDING = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-2, -1), 6),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
]
