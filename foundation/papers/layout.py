"""Sets a paper in type: A4, the society's letterhead, page numbers, tags for screen readers."""

import io
from typing import Any

from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from foundation.papers import fonts, mixed
from foundation.papers.flow import GAP, INK, LINE, NAME, QUIET, story
from foundation.papers.parts import Paper
from foundation.papers.tags import TaggedCanvas, Tree, ornament

MARGIN = 20 * mm
RUNNING_HEAD = 28 * mm
FOOT = 16 * mm
SMALL = 8.5
LEADING = 11.5
LANGUAGE = "en-GB"


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF; the same paper gives the same bytes. Set twice, to count its pages."""
    _first, pages = _set(paper, of_pages=0)
    made, _pages = _set(paper, of_pages=pages)
    return made


def _set(paper: Paper, *, of_pages: int) -> tuple[bytes, int]:
    file = io.BytesIO()
    tree = Tree()
    document = _Document(file, paper=paper, tree=tree, of_pages=of_pages)
    document.build(story(paper, tree.root), canvasmaker=TaggedCanvas)
    return file.getvalue(), document.page


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """A first page with the letterhead, others with a running head; the tags at the end."""

    def __init__(self, file: io.BytesIO, *, paper: Paper, tree: Tree, of_pages: int) -> None:
        super().__init__(
            file,
            pagesize=A4,
            title=paper.title,
            author=paper.sender[0] if paper.sender else settings.SOCIETY["long_name"],
            subject=paper.subject or paper.title,
            creator=settings.SOCIETY["name"],
            displayDocTitle=True,
            lang=LANGUAGE,
            invariant=1,
        )
        self.paper, self.tree, self.of_pages = paper, tree, of_pages
        self.name = "" if paper.sender else settings.SOCIETY["name"]
        self.head = MARGIN + max(3, len(letterhead(paper))) * LEADING
        first = PageTemplate("first", [_frame(self.head)], onPage=self._letterhead)
        first.autoNextPageTemplate = "later"
        later = PageTemplate("later", [_frame(RUNNING_HEAD)], onPage=self._running_head)
        self.addPageTemplates([first, later])

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        with ornament(self.canv):
            self._foot(self.canv)

    def _endBuild(self) -> None:  # noqa: N802 - reportlab's name
        self.tree.write(self.canv)
        super()._endBuild()

    def _letterhead(self, canvas: Canvas, _document: Any) -> None:
        width, height = A4
        with ornament(canvas):
            canvas.setFillColor(NAME)
            canvas.setFont(fonts.BOLD, 20)
            canvas.drawString(MARGIN, height - MARGIN - 6, self.name)
            canvas.setFillColor(QUIET)
            for number, line in enumerate(letterhead(self.paper)):
                y = height - MARGIN + 4 - number * LEADING
                mixed.draw_right(canvas, width - MARGIN, y, fonts.tidied(line), size=SMALL)
            canvas.setStrokeColor(NAME)
            canvas.line(MARGIN, height - self.head, width - MARGIN, height - self.head)

    def _running_head(self, canvas: Canvas, _document: Any) -> None:
        width, height = A4
        with ornament(canvas):
            canvas.setFillColor(QUIET)
            canvas.setFont(fonts.REGULAR, SMALL)
            canvas.drawString(MARGIN, height - MARGIN + 4, self.name)
            title = fonts.tidied(self.paper.title)
            mixed.draw_right(canvas, width - MARGIN, height - MARGIN + 4, title, size=SMALL)

    def _foot(self, canvas: Canvas) -> None:
        width, _height = A4
        canvas.setStrokeColor(LINE)
        canvas.line(MARGIN, FOOT + LEADING, width - MARGIN, FOOT + LEADING)
        canvas.setFillColor(INK)
        mixed.draw(canvas, MARGIN, FOOT, fonts.tidied(self.paper.foot), size=SMALL)
        canvas.setFont(fonts.REGULAR, SMALL)
        page = f"Page {self.page} of {self.of_pages}"
        canvas.drawRightString(width - MARGIN, FOOT, page)


def letterhead(paper: Paper) -> list[str]:
    """The lines beside the society's name: who it is and how to reach it; or the sender's own."""
    if paper.sender:
        return list(paper.sender)
    society = settings.SOCIETY
    company = society["company_number"]
    lines = [
        society["long_name"],
        *society["address"].splitlines(),
        society["email"],
        f"Company number {company}" if company else "",
    ]
    return [line for line in lines if line]


def _frame(head: float) -> Frame:
    width, height = A4
    bottom = FOOT + 8 * mm
    size = (width - 2 * MARGIN, height - head - bottom - GAP)
    edges = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
    return Frame(MARGIN, bottom, *size, **edges)
