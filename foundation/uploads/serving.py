"""How a kept file leaves the site: as what its content is, with no powers at all."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from foundation.later import later
from foundation.uploads.kinds import Kind

if TYPE_CHECKING:
    from foundation.uploads import stamps
else:
    stamps = later("foundation.uploads.stamps")

# Whatever the bytes are, they run nothing, load nothing and belong to no site.
NO_POWERS = "sandbox; default-src 'none'; frame-ancestors 'none'"


def answer(content: bytes, *, kind: Kind, name: str) -> HttpResponse:
    """Pictures are shown; a PDF is saved, because a browser's reader needs more powers."""
    return HttpResponse(
        content,
        content_type=kind.value,
        headers={
            "Content-Disposition": content_disposition_header(not kind.is_image, name) or "",
            "Content-Security-Policy": NO_POWERS,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


def stamped(content: bytes, kind: Kind, words: str) -> bytes:
    """A copy with the words across the picture or across every page, where that can be made."""
    return stamps.stamped(content, kind, words)
