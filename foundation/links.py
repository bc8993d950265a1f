"""Signed links: what they carry cannot be changed, and they stop working when their time is up."""

import datetime as dt
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing


class LinkError(ValueError):
    """The link cannot be followed; the text says why and what to do."""


class BrokenLink(LinkError):
    """It was cut short or changed on its way."""


class ExpiredLink(LinkError):
    """Its time is up."""


def absolute(path: str) -> str:
    """The whole address of a path of this site, for letters."""
    return urljoin(f"{settings.SITE_URL}/", path)


def sign(payload: dict[str, Any], *, purpose: str) -> str:
    """A token for one purpose; a token of one purpose is worthless for another."""
    return str(signing.dumps(payload, salt=f"cmsuk.{purpose}", compress=True))


def read(token: str, *, purpose: str, lasts: dt.timedelta) -> dict[str, Any]:
    """What was signed. Raises BrokenLink or ExpiredLink."""
    try:
        payload: dict[str, Any] = signing.loads(token, salt=f"cmsuk.{purpose}", max_age=lasts)
    except signing.SignatureExpired as error:
        raise ExpiredLink("This link has expired. Ask for a new one.") from error
    except signing.BadSignature as error:
        raise BrokenLink(
            "This link is not complete. Copy the whole address from the letter."
        ) from error
    return payload
