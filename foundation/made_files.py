"""Large files that a worker puts together: asked for, made, fetched by their reader alone, swept.

A worker that is killed leaves a row which the sweep hands out again; the file is then written
anew, under another name. Bytes that no row names are nobody's, and go as well.
"""

import datetime as dt
from collections.abc import Callable
from typing import IO

from celery import current_app
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import F
from django.http import FileResponse

from foundation import under_way
from foundation.look import Bar
from foundation.models import MadeFile
from foundation.queueing import after_commit

KEPT_FOR = dt.timedelta(days=1)
MOST_TRIES = 3

Write = Callable[[MadeFile, IO[bytes], under_way.Tell], None]
"""Writes what goes into a file, and tells after every piece how far it is."""


class NotThere(LookupError):
    """The file has no bytes any more: its reader asks for it anew."""


@transaction.atomic
def ask(*, maker: str, whose: str, about: str = "", at: dt.datetime) -> MadeFile:
    """Have a file put together by the task `maker`; the one that is under way, where one is."""
    made, is_new = MadeFile.objects.get_or_create(
        maker=maker,
        whose=whose,
        about=about,
        made_at=None,
        stopped_at=None,
        defaults={"asked_at": at},
    )
    if is_new:
        after_commit(maker, made.pk)
    return made


def put_together(made_id: int, write: Write, *, at: dt.datetime) -> bool:
    """Make a file, unless another worker is at it, or did it, or it was given up.

    What was written is its reader's once the row says so; a slow worker that was overtaken by
    another writes for nobody.
    """
    made = _begin(made_id, at=at)
    if made is None:
        return False
    with _store().open(made.stored_as, "wb") as file:
        write(made, file, under_way.teller(_name(made)))
        size = file.tell()
    ours = MadeFile.objects.under_way().filter(pk=made.pk, tries=made.tries)
    return bool(ours.update(made_at=at, bytes=size))


def bar(made: MadeFile) -> Bar:
    """How far it is, as a picture and in words."""
    done, total = under_way.told(_name(made)) or (0, 0)
    words = f"{done:,} of {total:,} parts" if total else "It begins in a moment"
    return Bar("Putting the file together", done, total, words)


def answer(made: MadeFile, *, name: str) -> FileResponse:
    """The file for the browser of its reader, a piece at a time. Raises NotThere."""
    try:
        stored = _store().open(made.stored_as)
    except OSError as error:
        raise NotThere from error
    return FileResponse(
        stored, as_attachment=True, filename=name, headers={"Cache-Control": "no-store"}
    )


def sweep(*, at: dt.datetime) -> int:
    """Hand out again what no worker came back with, and forget what is old; how many go again."""
    MadeFile.objects.filter(asked_at__lt=at - KEPT_FOR).delete()
    waiting = MadeFile.objects.under_way().filter(under_way.nobody_is_at(at))
    waiting.filter(tries__gte=MOST_TRIES).update(stopped_at=at)
    lost = list(waiting.filter(stopped_at=None).order_by("pk"))
    for one in lost:
        current_app.send_task(one.maker, args=[one.pk])
    _delete_bytes_of_nobody()
    return len(lost)


def _begin(made_id: int, *, at: dt.datetime) -> MadeFile | None:
    """The file for the worker that comes first; None for all others."""
    waiting = MadeFile.objects.under_way().filter(under_way.nobody_is_at(at), pk=made_id)
    is_ours = waiting.update(begun_at=at, tries=F("tries") + 1)
    return MadeFile.objects.filter(pk=made_id).first() if is_ours else None


def _delete_bytes_of_nobody() -> None:
    """A row counts its try before bytes are written: none of a file under way are taken."""
    _folders, names = _store().listdir("")
    known = {one.stored_as for one in MadeFile.objects.only("key", "tries")}
    for name in set(names) - known:
        _store().delete(name)


def _name(made: MadeFile) -> str:
    return f"file:{made.key}"


def _store() -> Storage:
    return storages["made"]
