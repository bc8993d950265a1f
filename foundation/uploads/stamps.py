"""Who looked at a file and when, written across the copy that is handed out, never the kept one."""

import io
import math
from contextlib import suppress

import pypdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from foundation.papers.fonts import FONT_FILE, REGULAR, printable
from foundation.uploads import images, papers
from foundation.uploads.kinds import Kind

MAX_PAGES = 500
DEGREES = 30  # the words rise across the page
SPAN = 0.7  # of the shorter way across
LARGEST = 1 / 20  # of the longer side, for the size of the letters
LINES = (1 / 6, 1 / 2, 5 / 6)  # how far up the page the words stand
# Grey with a white edge is seen on light and on dark, and what is under it stays readable.
INK, EDGE = (80, 80, 80, 120), (255, 255, 255, 160)


def stamped(content: bytes, kind: Kind, words: str) -> bytes:
    """A copy with the words across the picture or across every page.

    A file that the libraries cannot write anew, or a PDF of more than 500 pages, comes back as it
    is: the office must be able to read it, and the view is in the person's history all the same.
    """
    with suppress(*papers.BROKEN, *images.BROKEN):
        return _picture(content, kind, words) if kind.is_image else _pdf(content, words)
    return content


def _letters(width: float, height: float, words: str) -> float:
    """The size of the letters at which the words span the picture."""
    wide: float = pdfmetrics.stringWidth(words, REGULAR, 1)
    return min(SPAN * _across(width, height) / wide, LARGEST * max(width, height))


def _across(width: float, height: float) -> float:
    """How long a line through the middle is that rises by so many degrees."""
    turn = math.radians(DEGREES)
    return min(width / math.cos(turn), height / math.sin(turn))


def _picture(content: bytes, kind: Kind, words: str) -> bytes:
    plain = Image.open(io.BytesIO(content), formats=[images.FORMATS[kind]])
    picture = plain.convert("RGBA")
    label = _label(printable(words), *picture.size)
    for place in LINES:
        left = (picture.width - label.width) // 2
        layer = Image.new("RGBA", picture.size)
        layer.paste(label, (left, round(picture.height * (1 - place)) - label.height // 2))
        picture.alpha_composite(layer)
    kept = io.BytesIO()
    picture.convert("RGBA" if "A" in plain.mode else "RGB").save(kept, images.FORMATS[kind])
    return kept.getvalue()


def _label(words: str, width: int, height: int) -> Image.Image:
    size = max(_letters(width, height, words), 8)
    font = ImageFont.truetype(FONT_FILE, size)
    edge = max(size / 24, 1)
    left, top, right, bottom = font.getbbox(words, stroke_width=edge)
    label = Image.new("RGBA", (math.ceil(right - left), math.ceil(bottom - top)))
    ImageDraw.Draw(label).text((-left, -top), words, INK, font, stroke_width=edge, stroke_fill=EDGE)
    return label.rotate(DEGREES, Image.Resampling.BICUBIC, expand=True)


def _pdf(content: bytes, words: str) -> bytes:
    with papers.bounded():
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
        if len(writer.pages) > MAX_PAGES:
            return content
        for page in writer.pages:
            box = page.cropbox
            sheet = _sheet(float(box.width), float(box.height), page.rotation, printable(words))
            page.merge_translated_page(sheet, float(box.left), float(box.bottom))
        kept = io.BytesIO()
        writer.write(kept)
    return kept.getvalue()


def _sheet(width: float, height: float, turned: int, words: str) -> pypdf.PageObject:
    """A clear page of that many points with the words on it; `turned` is how it will be shown."""
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(width, height))
    canvas.setFont(REGULAR, _letters(width, height, words))
    canvas.setFillGray(0.3, alpha=0.35)
    for place in LINES:
        canvas.saveState()
        canvas.translate(width / 2, height * place)
        canvas.rotate(DEGREES + turned)
        canvas.drawCentredString(0, 0, words)
        canvas.restoreState()
    canvas.save()
    return pypdf.PdfReader(kept).pages[0]
