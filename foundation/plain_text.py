"""The text of a file that somebody sent: UTF-8 with or without its mark, UTF-16, or Windows."""

import codecs

OTHERS = {
    b"PK\x03\x04": "This is a spreadsheet or a zip archive. Save the sheet as CSV, and send that.",
    b"%PDF": "This is a PDF. Save the table as CSV, and send that.",
    b"\xd0\xcf\x11\xe0": "This is an older Excel sheet. Save it as CSV, and send that.",
}
WINDOWS = "cp1252"
"""Every byte is a letter in it, or is replaced by a mark."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NoText(ValueError):
    """The file holds no text; the words say what to send instead."""


def decode(content: bytes) -> str:
    """The text, whichever way it was encoded. Raises NoText."""
    for start, words in OTHERS.items():
        if content.startswith(start):
            raise NoText(words)
    text = decoded(content)
    if not text.strip():
        raise NoText("The file is empty. Save the table as CSV again, and send that.")
    if "\0" in text:
        raise NoText("This is not a text file. Save the table as CSV, and send that.")
    return text


def decoded(content: bytes) -> str:
    """The text; what is no text in any of these ways is read as Windows wrote it."""
    for encoding in encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(WINDOWS, errors="replace")


def encodings(start: bytes) -> list[str]:
    """What a file that begins so may be written in, to be tried in this order."""
    found = [name for mark, name in _MARKS if start.startswith(mark)]
    if not found and start[1:2] == b"\0":
        found = ["utf-16-le"]
    elif not found and start[:1] == b"\0":
        found = ["utf-16-be"]
    return [*found, "utf-8"]
