"""The only writer of files that everybody may load: a version added, taken down, put back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import OuterRef, Subquery

from foundation import history, uploads
from foundation.uploads import Checked, Kind
from membership.models import User
from website.models import Download, DownloadFile, Page

NEWEST = DownloadFile.objects.filter(download=OuterRef("pk")).order_by("-number")


class NotPossible(Exception):
    """That step makes no sense now; the text says why."""


@dataclass(frozen=True)
class Offered:
    """One file on a page: what it is, how large, and since when it stands so."""

    download: Download
    kind: str
    bytes: int
    since: dt.datetime


def examined(upload: UploadedFile) -> Checked:
    """What may be kept of it. Raises Refused. Outside of any transaction: a scanner is asked."""
    return uploads.examined(upload, max_bytes=settings.DOWNLOAD_MAX_BYTES)


@transaction.atomic
def add(download_id: int, checked: Checked, *, by: User, at: dt.datetime) -> DownloadFile:
    """Keep it as the newest version, and let everybody load it. Raises NotPossible."""
    download = Download.objects.select_for_update().get(pk=download_id)
    last = download.files.told().order_by("-number").first()
    if last is not None and last.sha256 == checked.sha256:
        raise NotPossible("This very file is the newest version already.")
    file = DownloadFile.objects.create(
        download=download,
        number=last.number + 1 if last else 1,
        name=checked.name,
        kind=checked.kind,
        bytes=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        added_at=at,
        added_by=by,
    )
    _let_out(download, is_out=True)
    what = f"version {file.number}: {file.name}"
    history.record(download.history_key, "file added", at=at, by=by, text=what)
    return file


@transaction.atomic
def take_down(download_id: int, *, by: User, at: dt.datetime) -> None:
    """Let nobody load it any more; its versions stay. Raises NotPossible."""
    download = Download.objects.select_for_update().get(pk=download_id)
    if not download.is_out:
        raise NotPossible("This file was taken down before. Nobody can load it.")
    _let_out(download, is_out=False)
    history.record(download.history_key, "file taken down", at=at, by=by)


@transaction.atomic
def put_back(download_id: int, *, by: User, at: dt.datetime) -> None:
    """Let everybody load the newest version again. Raises NotPossible."""
    download = Download.objects.select_for_update().get(pk=download_id)
    if download.is_out or not download.files.exists():
        raise NotPossible("There is nothing to put back.")
    _let_out(download, is_out=True)
    history.record(download.history_key, "file put back", at=at, by=by)


def newest(download: Download) -> DownloadFile | None:
    return download.files.order_by("-number").first()


def on_page(page: Page) -> list[Offered]:
    """What a page lists, in its order. One query, without the bytes."""
    found = Download.objects.out().filter(page=page).order_by("position", "pk")
    told: Any = found.annotate(
        kind=Subquery(NEWEST.values("kind")[:1]),
        size=Subquery(NEWEST.values("bytes")[:1]),
        since=Subquery(NEWEST.values("added_at")[:1]),
    )
    return [Offered(one, Kind(one.kind).name, one.size, one.since) for one in told]


def _let_out(download: Download, *, is_out: bool) -> None:
    download.is_out = is_out
    download.save(update_fields=["is_out"])
