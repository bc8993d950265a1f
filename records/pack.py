"""Everything that is kept about somebody, to download: JSON, CSV and a page, in one zip.

Made from the policy's own list of columns, so that it is complete by construction. Words of other
people (`others`) are set aside for a person of the office; what was decided on is handed in here.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Field, Model, QuerySet, Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_valid_filename

from directory.models import Photo
from foundation.dates import in_words
from foundation.under_way import Tell, unheard
from membership.evidence_files import NotReadable, content_of
from membership.models import EvidenceFile
from records import others
from records.belongings import Somebody, model_of, rows_of
from records.models import ClientRecord
from records.policy import Table, in_force
from records.published import name_of

SECRET = ("password", "data", "nonce", "session_data", "salt", "token", "payer_key")
"""What proves who somebody is, or signs things: handing it out would help a thief, not them."""
LARGE_BYTES = 10_000_000
LARGE_RECORDS = 2_000
"""Five thousand client records take a second and a half to write down."""


class Verdict(StrEnum):
    """What the office decided about words of another person."""

    WHOLE = "whole"
    REDACTED = "redacted"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Decided:
    """A verdict with its words: what may be given of it, or the ground for giving nothing."""

    verdict: Verdict
    words: str = ""


Decisions = Mapping[tuple[str, str], Decided]


@dataclass(frozen=True)
class Sheet:
    """The rows of one table that are about somebody."""

    model: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[dict[str, Any], ...]
    set_aside: int
    redacted: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.set_aside or self.redacted or self.withheld)

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


def sheets(
    who: Somebody, decided: Decisions | None = None, *, tell: Callable[[int], None] = lambda _: None
) -> list[Sheet]:
    """One sheet a table, where there is anything; what nobody has decided on is counted alone."""
    found = []
    for done, table in enumerate(in_force().tables, 1):
        if table.rules and not (sheet := _sheet(table, who, decided or {})).is_empty:
            found.append(sheet)
        tell(done)
    return found


def is_large(who: Somebody) -> bool:
    """Whether putting it together takes longer than somebody waits for a page."""
    theirs = EvidenceFile.objects.filter(person__in=who.people).exclude(stored_as="")
    in_bytes = theirs.aggregate(sum=Sum("bytes"))["sum"] or 0
    records = ClientRecord.objects.filter(register__owner__in=who.people).count()
    return in_bytes > LARGE_BYTES or records > LARGE_RECORDS


def zipped(who: Somebody, *, made_on: str, decided: Decisions | None = None) -> bytes:
    """The whole pack as a zip file, where it is not large."""
    out = io.BytesIO()
    write(out, who, made_on=made_on, decided=decided)
    return out.getvalue()


def write(
    out: IO[bytes],
    who: Somebody,
    *,
    made_on: str,
    decided: Decisions | None = None,
    tell: Tell = unheard,
) -> None:
    """The same into a file, telling after every part; files of theirs are held one at a time."""
    theirs = EvidenceFile.objects.filter(person__in=who.people).exclude(stored_as="").count()
    parts = len(in_force().tables) + theirs
    found = sheets(who, decided, tell=lambda done: tell(done, parts))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in _files(found, made_on):
            pack.writestr(name, text)
        for done, (name, content) in enumerate(_sent_in(who), parts - theirs + 1):
            # A PDF or a photograph grows no smaller.
            pack.writestr(name, content, zipfile.ZIP_STORED)
            tell(min(done, parts), parts)


def _sent_in(who: Somebody) -> Iterator[tuple[str, bytes]]:
    """The files that they added, and their photo, as they are kept."""
    for file in EvidenceFile.objects.filter(person__in=who.people).exclude(stored_as=""):
        try:
            yield f"files/{file.pk}-{get_valid_filename(file.name)}", content_of(file)
        except NotReadable as reason:
            yield f"files/{file.pk}-is-not-readable.txt", str(reason).encode()
    for photo in Photo.objects.filter(listing__person__in=who.people):
        yield f"files/photo-{photo.pk}.jpg", bytes(photo.content)


def _files(found: list[Sheet], made_on: str) -> Iterator[tuple[str, str]]:
    context = {
        "sheets": found,
        "made_on": made_on,
        "policy": in_force(),
        "society": settings.SOCIETY,
    }
    yield "read-me-first.html", render_to_string("records/pack.html", context)
    yield "everything.json", json.dumps(_everything(found), cls=DjangoJSONEncoder, indent=2)
    for sheet in found:
        if sheet.rows:
            yield f"tables/{sheet.file_name}.csv", _csv(sheet)


def _everything(found: list[Sheet]) -> dict[str, Any]:
    told: dict[str, Any] = {sheet.model: list(sheet.facts) for sheet in found if sheet.facts}
    redacted = {sheet.model: list(sheet.redacted) for sheet in found if sheet.redacted}
    return {**told, "given in part": redacted} if redacted else told


def _csv(sheet: Sheet) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.headings)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _sheet(table: Table, who: Somebody, decided: Decisions) -> Sheet:
    fields = [*_fields(table)]
    aside = others.rows_of_others(table, who)
    given = [decided.get((table.model, str(pk))) for pk in aside.values_list("pk", flat=True)]
    shown = [*_own(table, who, aside), *_given_whole(table, aside, decided)]
    return Sheet(
        model=table.model,
        title=_title(table, who),
        headings=_headings(table, fields),
        rows=tuple(tuple(_words(row, field) for field in fields) for row in shown),
        facts=tuple({field.name: _fact(row, field) for field in fields} for row in shown),
        set_aside=given.count(None),
        redacted=_said(given, Verdict.REDACTED),
        withheld=_said(given, Verdict.WITHHELD),
    )


def told(table: Table, row: Model) -> list[tuple[str, str]]:
    """What one row says in plain words, empty columns left out."""
    fields = list(_fields(table))
    cells = zip(_headings(table, fields), (_words(row, field) for field in fields), strict=True)
    return [(heading, cell) for heading, cell in cells if cell]


def _own(table: Table, who: Somebody, aside: QuerySet) -> QuerySet:
    return rows_of(table, who).exclude(pk__in=aside.values("pk"))


def _given_whole(table: Table, aside: QuerySet, decided: Decisions) -> list[Model]:
    keys = {
        key
        for (model, key), one in decided.items()
        if model == table.model and one.verdict == Verdict.WHOLE
    }
    return [row for row in aside if str(row.pk) in keys] if keys else []


def _said(given: list[Decided | None], verdict: Verdict) -> tuple[str, ...]:
    return tuple(one.words for one in given if one is not None and one.verdict == verdict)


def _title(table: Table, who: Somebody) -> str:
    """What the table is to them: whoever has no person here stands on the other side of it."""
    return table.other_side.title if table.other_side and not who.people else table.title


def _headings(table: Table, fields: list[Field]) -> tuple[str, ...]:
    """The columns in plain words; those that share their words are numbered."""
    words = [_heading(table, field) for field in fields]
    seen: Counter[str] = Counter()
    headings = []
    for name in words:
        seen[name] += 1
        headings.append(f"{name} ({seen[name]})" if words.count(name) > 1 else name)
    return tuple(headings)


def _heading(table: Table, field: Field) -> str:
    words = name_of(table, field.name) or str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _fields(table: Table) -> Iterator[Field]:
    """Told with, then personal; a link says something only where the policy has words for it."""
    columns = {field.name: field for field in model_of(table)._meta.concrete_fields}
    for name in (*table.told_with, *table.personal):
        if (
            name not in SECRET
            and not isinstance(columns[name], BinaryField)
            and (name in table.words or not columns[name].is_relation)
        ):
            yield columns[name]


def _words(row: Model, field: Field) -> str:
    """A value as people read it."""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    return _told(field.value_from_object(row))


def _told(value: Any) -> str:
    """A value in words: a day as people write it, lists and their like line by line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        moment = timezone.localtime(value)
        return f"{in_words(moment.date())}, {moment:%H:%M}"
    if isinstance(value, dt.date):
        return in_words(value)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_told(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(map(_told, value))
    return "" if value is None else str(value)


def _fact(row: Model, field: Field) -> Any:
    """A value as it is stored; another row is named by its number, never by its words."""
    value = field.value_from_object(row)
    is_plain = value is None or isinstance(value, bool | int | float | list | dict)
    return value if is_plain else str(value)
