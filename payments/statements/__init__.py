"""Bank files in, lines out: one module a format; `read` tells which one a file is."""

from payments.statements.lines import Line, Statement, StatementRefused, UnknownLayout
from payments.statements.mapped import Columns, columns_for, first_rows, signature
from payments.statements.reading import read

__all__ = (
    "Columns",
    "Line",
    "Statement",
    "StatementRefused",
    "UnknownLayout",
    "columns_for",
    "first_rows",
    "read",
    "signature",
)
