"""What papers are made of, as plain values that know neither PDF nor HTML."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Heading:
    """A heading below the title of the paper."""

    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph; its own line breaks are kept."""

    text: str
    strong: bool = False
    kind: ClassVar[str] = "words"


@dataclass(frozen=True)
class Facts:
    """What is what: pairs of a name and a value. A value may have several lines."""

    rows: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True)
class Table:
    """Rows of cells. The last `figures` columns are numbers, set to the right.

    `totals` are rows below a line, each with as many cells as a row; `caption` names the table.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()
    figures: int = 0
    kind: ClassVar[str] = "table"

    @property
    def words(self) -> int:
        """How many columns at the left hold words."""
        return len(self.head) - self.figures

    @property
    def labelled(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The rows with each cell's column before it, for a page that stacks them on a phone."""
        return tuple(tuple(zip(self.head, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class QrCode:
    """A square that a phone reads; `words` say the same beside it."""

    content: str
    words: str
    kind: ClassVar[str] = "qr_code"


Part = Heading | Words | Facts | Table | QrCode


@dataclass(frozen=True)
class Paper:
    """A title, the parts below it, and a line for the foot of each page.

    A paper is the society's, unless `sender` gives the lines of somebody else's letterhead.
    """

    title: str
    parts: tuple[Part, ...]
    foot: str = ""
    subject: str = ""
    sender: tuple[str, ...] = ()
