"""Gives every listing its lot of the day: one statement for all, one for a listing that is new."""

import datetime as dt
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Value
from django.db.models.functions import SHA256, Cast, Concat, Substr
from django.db.models.sql.compiler import SQLCompiler

from directory.models import Listing
from directory.order import DIGITS_OF_A_LOT, draw


class _Sha256(SHA256):
    """Django's needs an extension on PostgreSQL, whose own function needs none."""

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, tuple(params)


def draw_lots(*, on: dt.date) -> int:
    """Draw for the day where that has not been done; how many lots were drawn."""
    number = Cast(F("pk"), CharField())
    lot = Substr(_Sha256(Concat(Value(f"{on.isoformat()}:"), number)), 1, DIGITS_OF_A_LOT)
    return Listing.objects.exclude(drawn_on=on).update(lot=lot, drawn_on=on)


def draw_one(listing: Listing, *, on: dt.date) -> None:
    """The lot of a listing that has just been made, so that it need not wait for the night."""
    listing.lot, listing.drawn_on = draw(listing.pk, on=on), on
    listing.save(update_fields=["lot", "drawn_on"])
