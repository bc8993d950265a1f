"""Where else somebody's name, address and words lie than in rows of their own; and forgetting it.

Letters to others that quote them, lines of others' history that name them, the office's log of its
pages, open sessions, what they typed and never sent, and the bytes of their files.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Model, Q, QuerySet

from foundation import history
from foundation.models import Event, Letter
from membership import evidence_files, sessions
from membership.models import EvidenceFile, Person
from payments.models import Attempt, WebhookEvent
from records import keeping
from records.belongings import Somebody, model_of, tables_of, written_by
from records.policy import Table, in_force

WHY_STOPPED = "the person was erased"
NAME_COLUMNS = ("name", "public_name")


@dataclass(frozen=True)
class Needles:
    """What points to somebody wherever it stands: addresses, and names of two words or more."""

    emails: tuple[str, ...]
    names: tuple[str, ...]
    chains: tuple[str, ...]  # of things of theirs that have a log of their own

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.emails, *self.names)

    def among(self, *columns: str) -> Q:
        """Rows in which one of them stands as a whole: Ann Lee is not in what Joann Leeson wrote.

        The plain search comes first, because it is the quicker one.
        """
        whole = [*map(_whole_address, self.emails), *map(_whole_name, self.names)]
        ways = [
            Q(**{f"{column}__icontains": word, f"{column}__iregex": pattern})
            for column in columns
            for word, pattern in zip(self.words, whole, strict=True)
        ]
        return reduce(or_, ways, Q(pk__in=()))


def _whole_address(email: str) -> str:
    """As a pattern that a longer address does not match: a full stop may follow, but no more."""
    return rf"(?<![\w.+-]){re.escape(email)}(?![\w-])(?!\.\w)"


def _whole_name(name: str) -> str:
    return rf"(?<![\w-]){re.escape(name)}(?![\w-])"


def needles(who: Somebody, going: Iterable[tuple[Table, list[Any]]]) -> Needles:
    """Gathered before anything goes: afterwards nobody knows any more."""
    names = {each.name for each in who.people}
    for table in in_force().tables:
        if table.rules and table.by_email:
            names.update(_names_under(table, who))
    whole = tuple(sorted(name for name in names if len(name.split()) > 1))
    return Needles(who.emails, whole, tuple(_logs_of(going)))


def forget(found: Needles, who: Somebody, *, at: dt.datetime) -> None:
    """Take them out of everything that stays."""
    _stop_letters(found, at=at)
    _forget_in_history(found)
    _forget_in_the_office_log(found, who)
    _forget_in_paypals_messages(found, who)
    sign_out(who)


def drop_files(going: Iterable[tuple[Table, list[Any]]]) -> None:
    """The bytes of evidence files whose rows go."""
    for table, keys in going:
        if model_of(table) is EvidenceFile:
            rows = EvidenceFile.objects.filter(pk__in=keys)
            evidence_files.drop(rows.values_list("stored_as", flat=True))


def sign_out(who: Somebody) -> None:
    """End every session of theirs, in the table and in the cache, with what it holds."""
    sessions.end_all(who.logins)


def _names_under(table: Table, who: Somebody) -> Iterator[str]:
    columns = [name for name in table.personal if name in NAME_COLUMNS]
    if columns:
        for row in written_by(table, who).values_list(*columns):
            yield from row


def _logs_of(going: Iterable[tuple[Table, list[Any]]]) -> Iterator[str]:
    """A complaint or a callback has a log that is filed under its own key."""
    for table, keys in going:
        model = model_of(table)
        if hasattr(model, "history_key") and model is not Person:
            rows: QuerySet[Model] = model._default_manager.filter(pk__in=keys)
            yield from (str(getattr(row, "history_key")) for row in rows)  # noqa: B009


def _stop_letters(found: Needles, *, at: dt.datetime) -> None:
    """None that waits goes, and of those that went the words go: copies of what they wrote."""
    quoting = Letter.objects.filter(
        found.among("to", "subject", "text") | Q(subject_key__in=found.chains)
    )
    quoting.waiting().update(refused_at=at, last_error=WHY_STOPPED)
    quoting.update(subject="", text="", html="")


def _forget_in_history(found: Needles) -> None:
    for chain in found.chains:
        history.erase_text(chain)
    Event.objects.filter(found.among("text")).update(text="", salt="")


def _forget_in_the_office_log(found: Needles, who: Somebody) -> None:
    """The office's log of its pages names what it changed: the names go, that it did stays."""
    theirs = LogEntry.objects.filter(found.among("object_repr", "change_message"))
    _remove(theirs)
    for table, rows in tables_of(who):
        app, name = table.model.lower().split(".")
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        about = LogEntry.objects.filter(content_type__app_label=app, content_type__model=name)
        _remove(about.filter(object_id__in=keys))


def _remove(lines: QuerySet[LogEntry]) -> None:
    lines.update(object_repr=keeping.REMOVED, change_message="")


def _forget_in_paypals_messages(found: Needles, who: Somebody) -> None:
    """PayPal names the payer in them; one that is not worked through yet is still needed."""
    ours = Attempt.objects.filter(invoice__account__person__in=who.people)
    numbers = [one for pair in ours.values_list("order_id", "capture_id") for one in pair if one]
    naming = reduce(or_, (Q(raw__icontains=number) for number in numbers), found.among("raw"))
    done = WebhookEvent.objects.exclude(state__in=WebhookEvent.WAITING)
    done.filter(naming).update(raw="")
