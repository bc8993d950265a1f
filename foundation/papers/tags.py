"""The structure of a PDF, so that screen readers know titles, tables and order (ISO 32000-1, 14.8).

What is drawn inside `node.drawn_on(canvas)` belongs to that node; everything else is drawn inside
`ornament(canvas)` and is passed over.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFString,
    PDFtrue,
)
from reportlab.pdfgen.canvas import Canvas


@contextmanager
def ornament(canvas: Any) -> Iterator[None]:
    """Lines, letterheads and page numbers: to be seen, not to be read out."""
    canvas.addLiteral("/Artifact BMC")
    yield
    canvas.addLiteral("EMC")


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages say where in the tree of parents to look."""

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        pages = self._doc.Pages.pages
        own = {"StructParents": len(pages) - 1, "Tabs": PDFName("S")}
        pages[-1].__Defaults__ = {**PDFPage.__Defaults__, **own}


class Tree:
    """The structure of one document: its nodes, and what was drawn for them on each page."""

    def __init__(self) -> None:
        self.names = itertools.count(1)
        self.root = Node(self, "Document")
        self.marks: Counter[int] = Counter()
        self.drawn: dict[int, list[Node]] = defaultdict(list)

    def write(self, canvas: Any) -> None:
        """Put the tree into the document, after its last page and before it is saved."""
        document = canvas._doc  # noqa: SLF001 - the catalogue has no other way in
        top = PDFObjectReference("StructTreeRoot")
        self.root.write(document, parent=top)
        parents: list[Any] = []
        for page, nodes in sorted(self.drawn.items()):
            parents += [page - 1, PDFArray([node.reference for node in nodes])]
        numbers = PDFDictionary({"Nums": PDFArray(parents)})
        tree = {"Type": PDFName("StructTreeRoot"), "K": self.root.reference, "ParentTree": numbers}
        document.Reference(PDFDictionary(tree), "StructTreeRoot")
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": PDFtrue})


class Node:
    """One element: a document, a heading, a paragraph, a table, a row, a cell."""

    def __init__(self, tree: Tree, kind: str, **attributes: str) -> None:
        self.tree, self.kind, self.attributes = tree, kind, attributes
        self.children: list[Node] = []
        self.pieces: list[tuple[int, int]] = []
        self.reference = PDFObjectReference(f"Struct{next(tree.names)}")

    def add(self, kind: str, **attributes: str) -> "Node":
        child = Node(self.tree, kind, **attributes)
        self.children.append(child)
        return child

    @contextmanager
    def drawn_on(self, canvas: Any) -> Iterator[None]:
        """What is drawn inside is read out; the head of a table that is repeated, once."""
        if self.kind == "TH" and self.pieces:
            with ornament(canvas):
                yield
            return
        page = canvas.getPageNumber()
        mark = self.tree.marks[page]
        self.tree.marks[page] += 1
        self.tree.drawn[page].append(self)
        self.pieces.append((page, mark))
        canvas.addLiteral(f"/{self.kind} <</MCID {mark}>> BDC")
        yield
        canvas.addLiteral("EMC")

    def write(self, document: Any, *, parent: PDFObjectReference) -> None:
        told = {"Type": PDFName("StructElem"), "S": PDFName(self.kind), "P": parent}
        if alt := self.attributes.get("alt"):
            told["Alt"] = PDFString(alt)
        if words := self.attributes.get("words"):
            # In the order of reading, which glyphs that run to the left are not in.
            told["ActualText"] = PDFString(words)
        if scope := self.attributes.get("scope"):
            about = {"O": PDFName("Table"), "Scope": PDFName(scope)}
            told["A"] = PDFDictionary(about)
        for child in self.children:
            child.write(document, parent=self.reference)
        told["K"] = PDFArray([*map(_piece, self.pieces), *(one.reference for one in self.children)])
        document.Reference(PDFDictionary(told), self.reference.name)


def _piece(place: tuple[int, int]) -> PDFDictionary:
    page, mark = place
    told = {"Type": PDFName("MCR"), "Pg": PDFObjectReference(f"Page{page}"), "MCID": mark}
    return PDFDictionary(told)
