"""PDFs that only show pages: those that run, open, send or carry anything else are refused.

Two nets, because readers differ in what they find in a damaged file. One asks pypdf for every
object of the file, packed ones too; the other reads all text outside of streams, objects that no
table names among it.
"""

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
)

from foundation.uploads.errors import Refused

MAX_OBJECTS = 50_000
MAX_UNPACKED_BYTES = 20_000_000
MAX_SECONDS = 10
AGAIN = "Print it to a new PDF (in the print window choose “Save as PDF”) and send that."

SCRIPT = f"It contains a script. {AGAIN}"
CARRIES = f"Another file or a recording is hidden in it. {AGAIN}"
ACTS = f"It does something by itself when it is opened or clicked. {AGAIN}"
FORM = f"It is an XFA form, which runs a program. {AGAIN}"
LOCKED = f"It is protected with a password or against copying. {AGAIN}"
UNREADABLE = f"It cannot be read as a PDF; perhaps it was cut short or repaired. {AGAIN}"
TWO_KINDS = f"It is a PDF and a zip file at once. {AGAIN}"
TOO_MUCH = f"It is more complicated than a certificate needs to be. {AGAIN}"

KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/AA": ACTS,
    "/EF": CARRIES,
    "/EmbeddedFiles": CARRIES,
    "/RichMediaContent": CARRIES,
    "/XFA": FORM,
    "/Encrypt": LOCKED,
}
# What an action does (/S), what an object is (/Type), what a note on a page is (/Subtype).
VALUES = {
    "/S": {
        "/JavaScript": SCRIPT,
        "/Launch": ACTS,
        "/SubmitForm": ACTS,
        "/ImportData": ACTS,
        "/GoToR": ACTS,
        "/GoToE": ACTS,
        "/Rendition": ACTS,
        "/Movie": ACTS,
        "/Sound": ACTS,
        "/RichMediaExecute": ACTS,
    },
    "/Type": {"/EmbeddedFile": CARRIES},
    "/Subtype": {
        "/FileAttachment": CARRIES,
        "/RichMedia": CARRIES,
        "/Movie": CARRIES,
        "/Sound": CARRIES,
        "/Screen": CARRIES,
        "/3D": CARRIES,
    },
}
# Long enough not to stand anywhere by chance.
TELLING = {
    b"/JavaScript": SCRIPT,
    b"/JS": SCRIPT,
    b"/Launch": ACTS,
    b"/SubmitForm": ACTS,
    b"/ImportData": ACTS,
    b"/EmbeddedFile": CARRIES,
    b"/EmbeddedFiles": CARRIES,
    b"/RichMedia": CARRIES,
    b"/XFA": FORM,
    b"/Encrypt": LOCKED,
}
# What pypdf lets through over bytes that somebody made to break it.
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
STREAM = re.compile(rb"\bstream\r?\n")
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
NAME = re.compile(rb"/[A-Za-z0-9]+")


def refuse_unless_plain(content: bytes) -> None:
    """Raise Refused unless the PDF only shows pages."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(TWO_KINDS)
    _refuse_telling_names(content)
    try:
        with bounded():
            _refuse_active_objects(pypdf.PdfReader(io.BytesIO(content)))
    except Refused:
        raise
    except BROKEN as error:
        raise Refused(UNREADABLE) from error


def bounded() -> AbstractContextManager[object]:
    """While it lasts, no stream of a PDF unpacks into more than 20 MB."""
    return pypdf.apply_configuration(
        zlib_maximum_output_length=MAX_UNPACKED_BYTES,
        lzw_maximum_output_length=MAX_UNPACKED_BYTES,
        run_length_maximum_output_length=MAX_UNPACKED_BYTES,
    )


def _refuse_telling_names(content: bytes) -> None:
    *packed, rest = content.split(b"endstream")
    text = b" ".join([*(STREAM.split(one, maxsplit=1)[0] for one in packed), rest])
    for name in NAME.findall(CODED.sub(lambda code: bytes.fromhex(code[1].decode()), text)):
        if name in TELLING:
            raise Refused(TELLING[name])


def _refuse_active_objects(reader: pypdf.PdfReader) -> None:
    if reader.is_encrypted:
        raise Refused(LOCKED)
    if not reader.pages:
        raise Refused(UNREADABLE)
    until = time.monotonic() + MAX_SECONDS
    for found in _every_object(reader):
        if time.monotonic() > until:
            raise Refused(TOO_MUCH)
        for one in _dictionaries(found):
            _refuse_active(one)


def _every_object(reader: pypdf.PdfReader) -> Iterator[PdfObject | None]:
    """Each object that the file names, used or not."""
    numbers = {
        (number, generation) for generation in reader.xref for number in reader.xref[generation]
    }
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MAX_OBJECTS:
        raise Refused(TOO_MUCH)
    yield reader.trailer
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _dictionaries(found: PdfObject | None) -> Iterator[DictionaryObject]:
    """The dictionaries in an object, without following references."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, ArrayObject):
            waiting.extend(one)


def _refuse_active(one: DictionaryObject) -> None:
    for key, words in KEYS.items():
        if not isinstance(_value(one, key), NullObject | None):
            raise Refused(words)
    for key, wrong in VALUES.items():
        value = _value(one, key)
        if isinstance(value, str) and value in wrong:
            raise Refused(wrong[value])
    _refuse_opening(one)


def _refuse_opening(one: DictionaryObject) -> None:
    """Turning to a page is all that may happen on opening: word processors write that in."""
    opening = _value(one, "/OpenAction")
    if isinstance(opening, DictionaryObject) and str(_value(opening, "/S")) != "/GoTo":
        raise Refused(ACTS)


def _value(one: DictionaryObject, key: str) -> PdfObject | None:
    """The value itself, where the dictionary holds a reference to it, too."""
    if key not in one:
        return None
    return one[key]
