"""One uploaded file, from the browser to bytes that are safe to keep."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files import File
from django.template.defaultfilters import filesizeformat

from foundation.later import later
from foundation.uploads.errors import Refused
from foundation.uploads.kinds import Kind, kind_of
from foundation.uploads.names import tidy_name

if TYPE_CHECKING:
    from foundation.uploads import images, papers
else:
    images = later("foundation.uploads.images")
    papers = later("foundation.uploads.papers")


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: `name` is text to show, `content` what is stored."""

    name: str
    kind: Kind
    content: bytes

    @property
    def sha256(self) -> str:
        return digest(self.content)


def digest(content: bytes) -> str:
    """By which the same bytes are known again."""
    return hashlib.sha256(content).hexdigest()


def check(upload: File, *, max_bytes: int) -> Checked:
    """What may be kept of an uploaded file. Raises Refused."""
    if not upload.size:
        raise Refused("It is empty. Open it on your own device, save it again and send that.")
    if upload.size > max_bytes:
        raise Refused(_too_large(upload.size, max_bytes))
    content = upload.read()
    kind = kind_of(content)
    if kind.is_image:
        content = images.redrawn(content, kind)
    else:
        papers.refuse_unless_plain(content)
    if len(content) > max_bytes:
        raise Refused(_too_large(len(content), max_bytes))
    return Checked(tidy_name(upload.name or "", kind), kind, content)


def _too_large(size: int, most: int) -> str:
    return (
        f"It has {filesizeformat(size)}; {filesizeformat(most)} is the most. Scan it again at a "
        "lower resolution, save the PDF for the screen, or save the picture as JPEG."
    )
