"""Files as people send them, and as somebody hostile would make them."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PAGES = (b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")


def sent(content: bytes, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(catalogue: bytes = b"", *more: bytes, trailer: bytes = b"") -> bytes:
    """One empty page; `catalogue` goes into the catalogue, `more` are objects from number 4 on."""
    root = b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>"
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate((root, *PAGES, *more), start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(places) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def packed_pdf(catalogue: bytes = b"", *more: bytes) -> bytes:
    """The same with every object inside one compressed object stream, as writers do today."""
    root = b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>"
    bodies = (root, *PAGES, *more)
    index, text = b"", b""
    for number, body in enumerate(bodies, start=1):
        index += b"%d %d " % (number, len(text))
        text += body + b" "
    holder = len(bodies) + 1
    out = bytearray(b"%PDF-1.7\n")
    rows = [struct.pack("!BHB", 0, 0, 255)]
    rows += [struct.pack("!BHB", 2, holder, place) for place in range(len(bodies))]
    rows.append(struct.pack("!BHB", 1, len(out), 0))
    facts = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(index))
    out += stream_object(holder, facts, index + text)
    start = len(out)
    rows.append(struct.pack("!BHB", 1, start, 0))
    facts = b"/Type/XRef/Size %d/W[1 2 1]/Root 1 0 R" % (holder + 2)
    out += stream_object(holder + 1, facts, b"".join(rows))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream_object(number: int, facts: bytes, text: bytes) -> bytes:
    packed = zlib.compress(text)
    facts += b"/Filter/FlateDecode/Length %d" % len(packed)
    return b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (number, facts, packed)


def picture(
    format: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **how
) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size).save(kept, format, **how)
    return kept.getvalue()


def located_jpeg() -> bytes:
    """A photograph that notes where it was taken, by whom, and that it lies on its side."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x013B] = "Percy Photographer"
    notes.get_ifd(0x8825)[2] = (51.0, 28.0, 38.0)
    return picture(exif=notes, comment=b"a comment")


def noted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Percy Photographer")
    return picture("PNG", pnginfo=notes)


def bomb_png(side: int = 20_000) -> bytes:
    """A few hundred bytes that say they are a picture of many million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checked = struct.pack("!I", zlib.crc32(name + body))
        return struct.pack("!I", len(body)) + name + body + checked

    head = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_file() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("hello.html", "<script>alert(1)</script>")
    return kept.getvalue()
