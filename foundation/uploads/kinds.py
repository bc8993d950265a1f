"""Which kind of file it is, told by how its content begins; its name proves nothing."""

from enum import StrEnum

from foundation.uploads.errors import Refused

TAKEN = "Send a PDF, a JPEG or a PNG."


class Kind(StrEnum):
    """The kinds that are taken; the value is the media type that they are served as."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"

    @property
    def is_image(self) -> bool:
        return self is not Kind.PDF

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How names of this kind end; the first is given to a name that ends otherwise."""
        return {Kind.PDF: (".pdf",), Kind.JPEG: (".jpg", ".jpeg"), Kind.PNG: (".png",)}[self]


BEGINNINGS = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
)
# What people often send instead: where the mark stands, the mark, and what to do.
MISTAKEN = (
    (
        0,
        b"PK\x03\x04",
        "It is a zip or Word file. Save the document as PDF and send that.",
    ),
    (0, b"\xd0\xcf\x11\xe0", "It is an old Word file. Save the document as PDF and send that."),
    (4, b"ftyphei", "It is a HEIC photograph. Save or share it as JPEG and send that."),
    (4, b"ftypmif", "It is a HEIC photograph. Save or share it as JPEG and send that."),
    (0, b"GIF8", f"It is a GIF. {TAKEN}"),
    (8, b"WEBP", f"It is a WebP picture. {TAKEN}"),
    (0, b"II*\x00", f"It is a TIFF. {TAKEN}"),
    (0, b"MM\x00*", f"It is a TIFF. {TAKEN}"),
)


def kind_of(content: bytes) -> Kind:
    """Raises Refused for anything but a PDF, a JPEG or a PNG."""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    for place, mark, words in MISTAKEN:
        if content[place:].startswith(mark):
            raise Refused(words)
    raise Refused(f"It is not a PDF, a JPEG or a PNG, whatever its name says. {TAKEN}")
