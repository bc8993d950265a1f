"""Papers: one description, shown by templates/partials/paper.html and printed as a PDF.

paper = Paper("Invoice CMS-2026-0001", (Facts((("Due by", "1 May 2026"),)), Words("Thank you.")))
papers.pdf(paper)                          # bytes; the same bytes every time
papers.answer(paper, name="invoice.pdf")   # for a view; shown by the browser, never kept by it
"""

from foundation.papers.answers import answer, pdf
from foundation.papers.parts import Facts, Heading, Paper, Part, QrCode, Table, Words

__all__ = (
    "Facts",
    "Heading",
    "Paper",
    "Part",
    "QrCode",
    "Table",
    "Words",
    "answer",
    "pdf",
)
