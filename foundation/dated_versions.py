"""Figures in dated versions: drafts are edited, the board adopts one from a day on, it stays.

A room makes its table of them with `DatedVersion`, its constraints with `constraints_of`, and
adopts a draft with `adopt`. What was judged by a version keeps its name.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from foundation import history
from foundation.dates import in_words

V = TypeVar("V", bound="DatedVersion")


class UnknownRules(LookupError):
    """There is no such version; the text says so."""


class NotAdoptable(Exception):
    """The draft stays a draft; the text says why and what would help."""


class DatedVersionQuerySet(models.QuerySet[V]):
    def adopted(self) -> "DatedVersionQuerySet[V]":
        """What the board has resolved: never changed again."""
        return self.filter(adopted_at__isnull=False)

    def begun_by(self, on: dt.date) -> "DatedVersionQuerySet[V]":
        """The versions adopted whose day has come, newest first; drafts are never in force."""
        return self.adopted().filter(effective_from__lte=on).order_by("-effective_from")

    def in_force(self, on: dt.date) -> V:
        """The version of a day. Raises UnknownRules before the first."""
        return newest(self.begun_by(on)[:1], on)


class DatedVersion(models.Model):
    """One version of some figures: a draft until the board adopts it, then in force from a day on.

    Which figures there are is up to the table; which rules they stand in is code.
    """

    version = models.CharField(max_length=20, unique=True)
    effective_from = models.DateField(null=True, blank=True)
    board_minute = models.CharField(max_length=200, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True
        ordering = ("-effective_from", "-pk")

    def __str__(self) -> str:
        return self.version

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None


def newest(begun: Iterable[V], on: dt.date) -> V:
    """The version of a day, out of those that had begun by then. Raises UnknownRules."""
    found = next(iter(begun), None)
    if found is None:
        raise UnknownRules(f"No rules were in force on {in_words(on)}.")
    return found


def constraints_of(rules: str) -> list[models.BaseConstraint]:
    """What must be true of every version; `rules` is what the names of the constraints call it."""
    return [
        models.CheckConstraint(condition=~Q(version=""), name=f"{rules}_have_a_version"),
        models.UniqueConstraint(
            fields=["effective_from"],
            condition=Q(adopted_at__isnull=False),
            name=f"one_version_of_the_{rules}_a_day",
        ),
        models.CheckConstraint(
            condition=Q(adopted_at=None, adopted_by=None, board_minute="")
            | (Q(adopted_at__isnull=False, effective_from__isnull=False) & ~Q(board_minute="")),
            name=f"adopted_{rules}_have_a_day_and_a_minute",
        ),
    ]


@transaction.atomic
def adopt(
    rows: DatedVersionQuerySet[V],
    pk: int,
    *,
    effective_from: dt.date,
    board_minute: str,
    by: Any,
    at: dt.datetime,
) -> V:
    """Put a draft into force from a day on, today at the earliest. Raises NotAdoptable."""
    row = rows.select_for_update().get(pk=pk)
    if not row.is_draft:
        raise NotAdoptable(f"The rules {row} have been adopted before, by: {row.board_minute}.")
    if not board_minute.strip():
        raise NotAdoptable("Give the board minute that adopts these rules.")
    if effective_from < timezone.localdate(at):
        raise NotAdoptable("Rules cannot begin in the past: choose today or a later day.")
    row.effective_from, row.board_minute = effective_from, board_minute.strip()
    row.adopted_at, row.adopted_by = at, by
    _save_as_the_only_one(row, effective_from)
    subject = str(row._meta.verbose_name_plural)
    words = f"{row} from {effective_from}. {row.board_minute}"
    history.record(subject, f"adopted {subject}", at=at, by=by, text=words)
    return row


def _save_as_the_only_one(row: DatedVersion, effective_from: dt.date) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        day = in_words(effective_from)
        raise NotAdoptable(f"Other rules begin on {day} already. Choose another day.") from error
