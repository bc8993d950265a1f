"""CSV files that a spreadsheet opens safely, written row by row however long they are."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# The mark at the start tells spreadsheets that the file is UTF-8.
MARK = "\ufeff"
Row = Iterable[str | int]


class _Echo:
    """A file that hands back what is written to it, so that nothing is kept."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: str) -> str:
    """The cell as words, where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def lines(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The file, a line at a time. Cells are written as they are: guard what people typed."""
    writer = csv.writer(_Echo())
    yield MARK + str(writer.writerow(head))
    for row in rows:
        yield str(writer.writerow(row))


def streamed(written: Iterable[str], *, name: str) -> StreamingHttpResponse:
    """The file for a browser, which shows how far it is; kept by nothing on the way."""
    answer = StreamingHttpResponse(written, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
