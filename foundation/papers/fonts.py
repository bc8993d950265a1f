"""The typefaces of papers: one for what we write, others for the letters of every other name.

Source Sans Pro covers Latin with all its accents, Greek and Cyrillic. Other scripts, pictures and
symbols come from the Noto typefaces, Chinese, Japanese and Korean from WenQuanYi Micro Hei. A sign
that none of them has is written as its number in Unicode, such as “(U+0F40)”, so that nothing is
dropped or mistaken. A typeface is read when the first sign of it is printed.
"""

import unicodedata
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from font_source_sans_pro import font_files_ttf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr

REGULAR, BOLD = "Paper", "Paper-Bold"
FONT_FILE: str = font_files_ttf["SourceSansPro"]
SPACES = {"\u2011": "-", "\u00ad": "", "\u200b": "", "\u202f": "\u00a0", "\t": " "}
NOTO = "manimgx_fonts"
EAST_ASIAN = "East Asian"
OTHERS = {
    **{
        script: (NOTO, f"NotoSans{script}[wght].ttf")
        for script in (
            *("Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"),
            *("Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Myanmar"),
            *("Khmer", "Armenian", "Georgian", "Ethiopic"),
        )
    },
    EAST_ASIAN: ("paperang_p2_fonts_cjk", "fonts/wqy-microhei.ttc"),
    "Pictures": (NOTO, "NotoEmoji[wght].ttf"),
    "Symbols": (NOTO, "NotoSansSymbols[wght].ttf"),
    "Rare Latin": (NOTO, "NotoSans[wght].ttf"),
}
"""Where each is found; asked in this order."""

pdfmetrics.registerFont(TTFont(REGULAR, FONT_FILE))
pdfmetrics.registerFont(TTFont(BOLD, font_files_ttf["SourceSansProBold"]))
pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
KNOWN = frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph) & frozenset(
    pdfmetrics.getFont(BOLD).face.charToGlyph
)


class _Face(TTFont):  # type: ignore[misc]
    """A typeface that says of every glyph which signs it stands for, also of joined ones."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self.signs = frozenset(self.face.charToGlyph)
        self.stands_for: dict[int, str] = {}

    def shaped(self, text: str, size: float) -> str:
        """The text as its glyphs, which reportlab prints; joined, stacked and placed."""
        made: str = shapeStr(text, self.fontName, size, force=True)
        places = [one.cluster for one in made.__shapeData__]  # type: ignore[attr-defined]
        ends = dict(zip(sorted(set(places)), [*sorted(set(places))[1:], len(text)], strict=True))
        for glyph, place in zip(made, places, strict=True):
            if ord(glyph) not in self.signs:
                self.stands_for.setdefault(ord(glyph), text[place : ends[place]])
        return made

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """What copying and reading aloud find: reportlab writes the glyphs' own numbers there."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = doc.idToObject[f"{doc.fontMapping[self.fontName][1:]}+{number}"].ToUnicode.name
            found = doc.idToObject[name]
            for at, code in enumerate(subset):
                means = self.stands_for.get(code, chr(code)).encode("utf-16-be").hex().upper()
                found.content = found.content.replace(
                    f"<{at:02X}> <{code:04X}>", f"<{at:02X}> <{means}>"
                )


@cache
def _other(name: str) -> _Face:
    package, place = OTHERS[name]
    with as_file(files(package) / place) as file:
        face = _Face(name, str(file))
    pdfmetrics.registerFont(face)
    return face


def tidied(text: str) -> str:
    """The text with letters and their accents joined, and with spaces that every typeface has."""
    return "".join(SPACES.get(sign, sign) for sign in unicodedata.normalize("NFC", text))


@cache
def face_of(sign: str) -> str:
    """The typeface that has a sign; nothing where none has."""
    if ord(sign) in KNOWN:
        return REGULAR
    return next((name for name in OTHERS if ord(sign) in _other(name).signs), "")


def has(face: str, sign: str) -> bool:
    """Whether one of the other typefaces has a sign."""
    return ord(sign) in _other(face).signs


def shaped(text: str, face: str, size: float) -> str:
    """What a typeface prints for a text that is all in it."""
    return text if face in (REGULAR, BOLD) else _other(face).shaped(text, size)


def width_of(made: str, face: str, size: float) -> float:
    """How wide a text from `shaped` is, in points."""
    placed = getattr(made, "__shapeData__", None)
    if placed is None:
        wide: float = pdfmetrics.stringWidth(made, face, size)
        return wide
    return float(sum(one.x_advance for one in placed)) * size / 1000


def printable(text: str) -> str:
    """The text in signs that the one typeface of what we write has; line breaks stay."""
    return "".join(
        sign if sign == "\n" or ord(sign) in KNOWN else number(sign) for sign in tidied(text)
    )


def is_plain(text: str) -> bool:
    """Whether the one typeface of what we write is enough."""
    return all(sign == "\n" or ord(sign) in KNOWN for sign in tidied(text))


def number(sign: str) -> str:
    return f"(U+{ord(sign):04X})"
