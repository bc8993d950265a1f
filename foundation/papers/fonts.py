"""The typeface of papers: it has the letters of nearly every name, and says so where it has not.

Source Sans Pro covers Latin with all its accents, Greek and Cyrillic. A sign that it lacks is
written as its number in Unicode, such as “(U+674E)”, so that nothing is dropped or mistaken.
"""

import unicodedata

from font_source_sans_pro import font_files_ttf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Paper", "Paper-Bold"
FONT_FILE: str = font_files_ttf["SourceSansPro"]
SPACES = {"\u2011": "-", "\u00ad": "", "\u200b": "", "\u202f": "\u00a0", "\t": " "}

pdfmetrics.registerFont(TTFont(REGULAR, FONT_FILE))
pdfmetrics.registerFont(TTFont(BOLD, font_files_ttf["SourceSansProBold"]))
pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
KNOWN = frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph) & frozenset(
    pdfmetrics.getFont(BOLD).face.charToGlyph
)


def printable(text: str) -> str:
    """The text in signs that the typeface has; line breaks stay."""
    return "".join(map(_sign, unicodedata.normalize("NFC", text)))


def is_whole(text: str) -> bool:
    """Whether every sign prints as itself."""
    return all(map(_is_known, unicodedata.normalize("NFC", text)))


def _is_known(sign: str) -> bool:
    return sign == "\n" or sign in SPACES or ord(sign) in KNOWN


def _sign(sign: str) -> str:
    if sign in SPACES:
        return SPACES[sign]
    return sign if _is_known(sign) else f"(U+{ord(sign):04X})"
