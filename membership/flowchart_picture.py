"""The flowchart as boxes and arrows: one column of questions with the types beside it.

It fits a telephone. All lengths are units of the picture, in which the words are 13 high.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from membership.flowchart import Edge, Flowchart, Node, Way

WIDTH = 352
SPINE_X, SPINE_WIDTH = 30, 178
SIDE_X, SIDE_WIDTH = 266, 86
LANES_X = (7, 19)  # how far left the ways round run, the longest outermost
LINE, PADDING, GAP = 17, 11, 40
LETTERS_A_LINE, LETTERS_A_SIDE_LINE, LETTERS_AN_ANSWER = 22, 10, 7


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Box:
    """A node as it is drawn; `lines` are centred on its middle."""

    node: Node
    x: int
    y: int
    width: int
    height: int

    @property
    def middle_x(self) -> int:
        return self.x + self.width // 2

    @property
    def middle_y(self) -> int:
        return self.y + self.height // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def lines(self) -> list[Text]:
        words = _lines(self.node, LETTERS_A_LINE if self.x == SPINE_X else LETTERS_A_SIDE_LINE)
        top = self.middle_y - (len(words) - 1) * LINE // 2 + 5
        return [Text(self.middle_x, top + LINE * row, line) for row, line in enumerate(words)]


@dataclass(frozen=True)
class Arrow:
    """An edge as it is drawn: its corners for a polyline, and its answer beside it."""

    edge: Edge
    corners: tuple[tuple[int, int], ...]
    label: tuple[Text, ...]

    @property
    def points(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.corners)


@dataclass(frozen=True)
class Drawing:
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def draw(chart: Flowchart) -> Drawing:
    """Lay the chart out from top to bottom; every node becomes a box and every edge an arrow."""
    boxes = dict(_boxes(chart))
    height = max(box.bottom for box in boxes.values()) + 2
    arrows = tuple(_arrow(edge, boxes, _lane(edge, chart)) for edge in chart.edges)
    return Drawing(tuple(boxes.values()), arrows, WIDTH, height)


def _boxes(chart: Flowchart) -> Iterator[tuple[Node, Box]]:
    beside = {edge.end: edge.start for edge in chart.edges if edge.way is Way.SIDE}
    placed: dict[Node, Box] = {}
    y = 10
    for node in chart.nodes:
        if node in beside:
            height = len(_lines(node, LETTERS_A_SIDE_LINE)) * LINE + 2 * PADDING
            middle = placed[beside[node]].middle_y
            yield node, Box(node, SIDE_X, middle - height // 2, SIDE_WIDTH, height)
            continue
        height = len(_lines(node, LETTERS_A_LINE)) * LINE + 2 * PADDING
        placed[node] = Box(node, SPINE_X, y, SPINE_WIDTH, height)
        yield node, placed[node]
        y += height + GAP


def _lines(node: Node, letters: int) -> list[str]:
    words = f"{node.number}. {node.words}" if node.number else node.words
    return wrap(words, letters)


def _lane(edge: Edge, chart: Flowchart) -> int:
    """Ways round to a later question run further out, so that no two of them cross."""
    ends = {one.end.number for one in chart.edges if one.way is Way.ROUND}
    later = sorted(ends, reverse=True)
    return LANES_X[later.index(edge.end.number)] if edge.way is Way.ROUND else 0


def _arrow(edge: Edge, boxes: dict[Node, Box], lane_x: int) -> Arrow:
    start, end = boxes[edge.start], boxes[edge.end]
    if edge.way is Way.SIDE:
        return _sideways(edge, start, end)
    if edge.way is Way.ON:
        x, answer = start.middle_x, Text(start.middle_x + 8, start.bottom + 24, edge.answer)
        return Arrow(edge, ((x, start.bottom), (x, end.y)), (answer,))
    x, turn = start.x + 14, start.bottom + 30
    corners = (
        *((x, start.bottom), (x, turn), (lane_x, turn)),
        *((lane_x, end.middle_y), (end.x, end.middle_y)),
    )
    return Arrow(edge, corners, (Text(x + 7, start.bottom + 18, edge.answer),))


def _sideways(edge: Edge, start: Box, end: Box) -> Arrow:
    y, left = start.middle_y, start.x + start.width
    words = wrap(edge.answer, LETTERS_AN_ANSWER)
    above = y - 7 - (LINE - 2) * (len(words) - 1)
    label = tuple(Text(left + 4, above + (LINE - 2) * row, line) for row, line in enumerate(words))
    return Arrow(edge, ((left, y), (end.x, y)), label)
