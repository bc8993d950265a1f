"""Everything that is kept about somebody, to download: JSON, CSV and a page, in one zip.

Made from the policy's own list of columns, so that it is complete by construction. Words of other
people (what referees and purchasers wrote) are set aside for a person of the office to decide on:
the rights of others may stand against handing them out (UK GDPR Article 15(4)).
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.template.loader import render_to_string

from membership.models import Person
from records.belongings import model_of, somebody, tables_of
from records.policy import Table, in_force

SECRET = ("password", "data", "nonce", "session_data", "salt")
"""What proves who somebody is, or signs things: handing it out would help a thief, not them."""


@dataclass(frozen=True)
class Sheet:
    """The rows of one table that are about somebody."""

    model: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[dict[str, Any], ...]
    set_aside: int

    @property
    def entries(self) -> list[list[tuple[str, str]]]:
        """Each row as headings with what stands under them, empty ones left out."""
        return [
            [(name, cell) for name, cell in zip(self.headings, row, strict=True) if cell]
            for row in self.rows
        ]

    @property
    def file_name(self) -> str:
        return self.model.lower().replace(".", "-")


def sheets(person: Person, *, with_others: bool = False) -> list[Sheet]:
    """One sheet a table, where there is anything; `with_others` after a person has decided."""
    return [
        _sheet(table, list(rows), with_others=with_others)
        for table, rows in tables_of(somebody(person))
        if rows
    ]


def zipped(person: Person, *, made_on: str, with_others: bool = False) -> bytes:
    """The whole pack as a zip file, at most some megabytes: rows in it are one person's."""
    found = sheets(person, with_others=with_others)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in _files(found, made_on):
            pack.writestr(name, text)
    return out.getvalue()


def _files(found: list[Sheet], made_on: str) -> Iterator[tuple[str, str]]:
    context = {"sheets": found, "made_on": made_on, "policy": in_force()}
    yield "read-me-first.html", render_to_string("records/pack.html", context)
    everything = {sheet.model: list(sheet.facts) for sheet in found if sheet.facts}
    yield "everything.json", json.dumps(everything, cls=DjangoJSONEncoder, indent=2)
    for sheet in found:
        if sheet.rows:
            yield f"tables/{sheet.file_name}.csv", _csv(sheet)


def _csv(sheet: Sheet) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.headings)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _sheet(table: Table, rows: list[Model], *, with_others: bool) -> Sheet:
    fields = _fields(table)
    shown = [] if table.third_party and not with_others else rows
    return Sheet(
        model=table.model,
        title=table.title,
        headings=tuple(str(field.verbose_name).capitalize() for field in fields),
        rows=tuple(tuple(_words(row, field) for field in fields) for row in shown),
        facts=tuple({field.name: _fact(row, field) for field in fields} for row in shown),
        set_aside=len(rows) - len(shown),
    )


def _fields(table: Table) -> list[Field]:
    columns = {field.name: field for field in model_of(table)._meta.concrete_fields}
    return [columns[name] for name in table.personal if name not in SECRET]


def _words(row: Model, field: Field) -> str:
    """A value as people read it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = _fact(row, field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _fact(row: Model, field: Field) -> Any:
    """A value as it is stored; another row is named by its number, never by its words."""
    value = field.value_from_object(row)
    is_plain = value is None or isinstance(value, bool | int | float | list | dict)
    return value if is_plain else str(value)
