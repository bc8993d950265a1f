"""Rows that are added to a ledger and never changed."""

import datetime as dt
from typing import Any, NoReturn, Protocol, TypeVar

from django.db import models

from foundation.dates import in_words
from foundation.pence import pounds

M = TypeVar("M", bound=models.Model)


class LedgerIsAppendOnly(TypeError):
    """The ledger is added to; what was wrong is put right by another entry."""

    def __init__(self) -> None:
        super().__init__("A ledger entry is never changed or deleted: add a reversal instead.")


class AppendOnlyQuerySet(models.QuerySet[M]):
    def update(self, **kwargs: Any) -> int:
        raise LedgerIsAppendOnly

    def delete(self) -> NoReturn:
        raise LedgerIsAppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly


class AppendOnly(models.Model):
    """Saved once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly


class Booked(Protocol):
    """One line of a ledger."""

    pence: int
    occurred_on: dt.date

    def get_kind_display(self) -> str: ...


def heading_of(line: Booked) -> str:
    """Above the office's page about a line."""
    words = f"{line.get_kind_display()} of {pounds(abs(line.pence))}"
    return f"{words}, {in_words(line.occurred_on)}"
