"""Tells what a file is, by what it says of itself and never by its name."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from payments.statements import banks, camt053, mapped, mt940, ofx, qif, santander_text
from payments.statements.decoding import Content, Text, decode
from payments.statements.lines import Line, Statement, StatementRefused, UnknownLayout

Reader = Callable[[Text], Iterator[Line]]
_FORMATS: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    ("OFX", re.compile(r"OFXHEADER|<\?OFX\b|<OFX>", re.IGNORECASE), ofx.lines),
    ("camt.053", re.compile(r"<(?:\w+:)?BkToCstmrStmt\b"), camt053.lines),
    ("QIF", re.compile(r"\A\s*!(?:Type|Account|Option):?", re.IGNORECASE), qif.lines),
    (
        "MT940",
        re.compile(r"^[ \t]*:20:[\s\S]*?^[ \t]*:(?:25|28C?|60[FM]):", re.MULTILINE),
        mt940.lines,
    ),
    ("Santander text", santander_text.LOOKS, santander_text.lines),
)


def read(content: Content, *, known: Iterable[mapped.Columns] = ()) -> Statement:
    """The statement in a file; `known` are the layouts that the office explained.

    Raises StatementRefused for a file that is none, UnknownLayout for unknown columns.
    """
    text = decode(content)
    for name, looks, lines in _FORMATS:
        if looks.search(text.head):
            return Statement(name, partial(lines, text))
    if text.head.startswith("<"):
        raise StatementRefused(
            "This is an XML file, but neither camt.053 nor OFX. Download it as one of them."
        )
    return _read_csv(text, known)


def _read_csv(text: Text, known: Iterable[mapped.Columns]) -> Statement:
    found = banks.recognise(text)
    if found is not None:
        return Statement(found.name, partial(banks.lines, text, found))
    for columns in known:
        if columns.signature == mapped.signature(text):
            return Statement(columns.name, partial(mapped.lines, text, columns))
    raise UnknownLayout
