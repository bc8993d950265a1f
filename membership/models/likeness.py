"""How addresses, names and numbers of people are compared: as their indexes hold them."""

from typing import Any

from django.db.models import CharField, Func
from django.db.models.functions import Lower, Trim

LEFT_OUT = (" ", "-", ".", "/")


class Packed(Func):
    """Capitals and figures alone, of a postcode or a number.

    The signs stand in the text of the query: SQLite finds an index by the very words it was
    made with, and not by values that are handed over.
    """

    template = "%(expressions)s"
    output_field = CharField()

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        sql, params = super().as_sql(*args, **kwargs)
        for sign in LEFT_OUT:
            sql = f"REPLACE({sql}, '{sign}', '')"
        return f"UPPER({sql})", params


def packed(text: str) -> str:
    """The same, of what is compared with it."""
    for sign in LEFT_OUT:
        text = text.replace(sign, "")
    return text.upper()


def plain(name: str) -> Lower:
    """A name whatever its case, without spaces around it."""
    return Lower(Trim(name))
