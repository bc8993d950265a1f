"""The text of a file: UTF-8 with or without its mark, UTF-16, or what Windows wrote."""

from foundation.plain_text import decoded
from payments.statements.lines import StatementRefused

ZIP = b"PK\x03\x04"
OTHERS = {
    ZIP: "This is a zip archive or a spreadsheet. Unpack it, or save the sheet as CSV.",
    b"%PDF": "This is a PDF. Download the statement from the bank as CSV or OFX.",
    b"\xd0\xcf\x11\xe0": "This is an Excel sheet. Save it as CSV and import that.",
}
NOTHING = "The file is empty. Download it from the bank again."
NO_STATEMENT = "This is not a bank statement. Download it from the bank as CSV or OFX."


def decode(content: bytes) -> str:
    """The text, whichever way it was encoded. Raises StatementRefused where it is no text."""
    for start, words in OTHERS.items():
        if content.startswith(start):
            raise StatementRefused(words)
    text = decoded(content)
    if not text.strip() or "\0" in text:
        raise StatementRefused(NOTHING if not content.strip() else NO_STATEMENT)
    return text
