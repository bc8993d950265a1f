"""Pictures, drawn anew: what is kept is the picture alone, without place, camera or stowaways."""

import io
import struct
import zlib

from PIL import Image, ImageOps

from foundation.uploads.errors import Refused
from foundation.uploads.kinds import Kind

MAX_PIXELS = 50_000_000
MAX_SIDE = 3000
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}
PLAIN = {Kind.JPEG: ("L", "RGB"), Kind.PNG: ("L", "RGB", "RGBA", "1")}
TOO_LARGE = (
    f"It has more than {MAX_PIXELS // 1_000_000} million pixels. Make the picture smaller, or scan "
    "the page at 300 dots per inch, and send it again."
)
UNREADABLE = (
    "It cannot be read as a picture; perhaps it was cut short. Open it on your own device, save "
    "it again and send that."
)
# What Pillow raises over bytes that somebody made to break it, or that a network cut off.
BROKEN = (
    ArithmeticError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def redrawn(content: bytes, kind: Kind) -> bytes:
    """The same picture without anything else, at most 3,000 pixels a side. Raises Refused."""
    try:
        picture = _opened(content, kind)
        picture = _upright(picture, kind)
        kept = io.BytesIO()
        picture.save(kept, FORMATS[kind], optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(TOO_LARGE) from error
    except BROKEN as error:
        raise Refused(UNREADABLE) from error
    return kept.getvalue()


def _opened(content: bytes, kind: Kind) -> Image.Image:
    """Read the size alone first: a small file may unfold into a huge picture."""
    picture = Image.open(io.BytesIO(content), formats=[FORMATS[kind]])
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Image.DecompressionBombError
    picture.draft(None, (MAX_SIDE, MAX_SIDE))
    return picture


def _upright(picture: Image.Image, kind: Kind) -> Image.Image:
    """Turned as the camera noted, in plain colours, not too large, and without its notes."""
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):  # sixteen bits of grey: scale, or all of it turns white
        turned = turned.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if turned.mode not in PLAIN[kind]:
        turned = turned.convert("RGBA" if kind is Kind.PNG and _is_see_through(turned) else "RGB")
    turned.thumbnail((MAX_SIDE, MAX_SIDE))
    plain = Image.new(turned.mode, turned.size)
    plain.paste(turned)
    return plain


def _is_see_through(picture: Image.Image) -> bool:
    return "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA")
