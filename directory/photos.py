"""The picture of a listing: checked and drawn anew like every upload, then cut small."""

import datetime as dt
import io
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from directory.models import Listing, Photo
from foundation import history, uploads
from foundation.later import later
from foundation.uploads import Refused
from membership.models import User

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = later("PIL.Image"), later("PIL.ImageOps")

SIDE = 320  # pixels
LARGEST_BYTES = 10 * 1024 * 1024
QUALITY = 82


def drawn(upload: UploadedFile) -> bytes:
    """A square JPEG without anything else of the file. Raises uploads.Refused."""
    checked = uploads.check(upload, max_bytes=LARGEST_BYTES)
    if not checked.kind.is_image:
        raise Refused("It is not a picture. Choose a photo as JPEG or PNG.")
    picture = Image.open(io.BytesIO(checked.content)).convert("RGB")
    small = ImageOps.fit(picture, (SIDE, SIDE), centering=(0.5, 0.4))
    kept = io.BytesIO()
    small.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()


@transaction.atomic
def keep(content: bytes, *, listing: Listing, by: User, at: dt.datetime) -> None:
    """Put the picture in the place of the one before."""
    Photo.objects.update_or_create(listing=listing, defaults={"content": content, "added_at": at})
    history.record(listing.person.history_key, "added a photo to the listing", at=at, by=by)


@transaction.atomic
def remove(*, listing: Listing, by: User, at: dt.datetime) -> None:
    """Take the picture away; without one nothing changes."""
    deleted, _by_model = Photo.objects.filter(listing=listing).delete()
    if deleted:
        history.record(listing.person.history_key, "removed the photo", at=at, by=by)
