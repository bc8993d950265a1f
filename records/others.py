"""Words of other people that are about somebody: set aside, until a person of the office decides.

The rights of whoever wrote them may stand against handing them out (UK GDPR Article 15(4); Data
Protection Act 2018, schedule 2, part 3). Four kinds: what referees and purchasers wrote, notes of
the office, and complaints of others that name somebody.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from foundation import history
from records.belongings import Somebody, model_of, rows_of, written_by
from records.policy import Table, in_force

HISTORY = "foundation.Event"
NO_NOTES = (
    "assigned expertise",
    "checked a register",
    "history exported",
    "looked at a file",
    "withdrew expertise",
)
"""What the office did with facts, not in words of its own; a single word is a reference."""


@dataclass(frozen=True)
class Aside:
    """One row that holds words of another person."""

    table: Table
    row: Model

    @property
    def title(self) -> str:
        """What it is; of a note of the office, on what occasion."""
        occasion = getattr(self.row, "verb", "")
        return f"A note of the office: {occasion}" if occasion else self.table.title


def set_aside(who: Somebody) -> list[Aside]:
    """Every row about somebody that another person wrote, in the order of the policy."""
    return [
        Aside(table, row)
        for table in in_force().tables
        if table.rules
        for row in rows_of_others(table, who)
    ]


def rows_of_others(table: Table, who: Somebody) -> QuerySet:
    """The rows of one table that are about somebody, and in another person's words."""
    if table.third_party:
        mine = written_by(table, who).values("pk")
        return rows_of(table, who).exclude(pk__in=mine)
    if table.model == HISTORY:
        return notes_of_the_office(rows_of(table, who), who)
    if table.named_in and (names := names_of(who)):
        ways = [Q(**{f"{way}__icontains": name}) for way in table.named_in for name in names]
        named: QuerySet = model_of(table)._default_manager.filter(reduce(or_, ways))
        return named.exclude(pk__in=rows_of(table, who).values("pk")).order_by("pk")
    return model_of(table)._default_manager.none()


def notes_of_the_office(events: QuerySet, who: Somebody) -> QuerySet:
    """Lines of history to which somebody of the office added words."""
    own = [f"user {login}" for login in who.logins]
    noted = events.exclude(text="").exclude(text__regex=r"^\S+$").exclude(verb__in=NO_NOTES)
    return noted.exclude(actor__in=[history.actor(None), *own])


def names_of(who: Somebody) -> list[str]:
    """The whole names of somebody; one word alone would find too many others."""
    return [each.name for each in who.people if each.given_name and each.family_name]
