"""The pack of what is kept about a person, put together by a worker where it is large."""

import datetime as dt
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone

from foundation import made_files
from foundation.dates import in_words
from foundation.models import MadeFile
from foundation.under_way import Tell
from membership.models import Person
from records import pack
from records.belongings import somebody
from website import data_requests as desk
from website.models import DataRequest

MAKER = "website.tasks.put_pack_together"
NAME = "what-is-kept-about-you.zip"


def ask(person: Person, decided: DataRequest | None, *, at: dt.datetime) -> MadeFile:
    """Have it put together, with what was decided on a request of theirs, if one is named."""
    about = decided.reference if decided else ""
    return made_files.ask(maker=MAKER, whose=person.history_key, about=about, at=at)


def of(person: Person) -> QuerySet[MadeFile]:
    """Those that somebody asked for and can still find, the newest first."""
    return MadeFile.objects.filter(maker=MAKER, whose=person.history_key)


def put_together(made_id: int, *, at: dt.datetime) -> bool:
    """For the worker."""
    return made_files.put_together(made_id, _write, at=at)


def _write(made: MadeFile, out: IO[bytes], tell: Tell) -> None:
    person = Person.objects.get(key=made.whose.removeprefix("person "))
    decided = DataRequest.objects.filter(person=person, reference=made.about).first()
    pack.write(
        out,
        desk.whose(decided) if decided else somebody(person),
        made_on=in_words(timezone.localdate(made.asked_at)),
        decided=desk.decisions(decided) if decided else None,
        tell=tell,
    )
