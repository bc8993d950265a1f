"""Which rows are somebody's, in every table, by the ways that the policy names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from membership.models import Person
from records.policy import Table, in_force


@dataclass(frozen=True)
class Somebody:
    """One human being: their person, those merged into it, and the addresses they are known by."""

    people: tuple[Person, ...]

    @property
    def person(self) -> Person:
        return self.people[0]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.history_key for each in self.people)

    @property
    def emails(self) -> tuple[str, ...]:
        """Home, work and login addresses, lower case."""
        stated = [text for each in self.people for text in (each.email, each.work_email)]
        logins = [each.user.email for each in self.people if each.user is not None]
        return tuple(dict.fromkeys(text.lower() for text in (*stated, *logins) if text))


def somebody(person: Person) -> Somebody:
    """A person with everybody who was merged into them."""
    merged = Person.objects.filter(merged_into=person).select_related("user").order_by("pk")
    return Somebody((person, *merged))


def tables_of(who: Somebody) -> Iterator[tuple[Table, QuerySet]]:
    """Each table that holds anything about people, with the rows that are somebody's."""
    for table in in_force().tables:
        if table.rules and (table.whose or table.by_email or table.by_key):
            yield table, rows_of(table, who)


def rows_of(table: Table, who: Somebody) -> QuerySet:
    """The rows of one table that are somebody's, in the order in which they were written."""
    ways: list[Q] = []
    if table.whose:
        ways.append(Q(**{f"{table.whose}__in": [each.pk for each in who.people]}))
    ways += [Q(**{f"{way}__iexact": email}) for way in table.by_email for email in who.emails]
    if table.by_key:
        ways.append(Q(**{f"{table.by_key}__in": who.keys}))
    rows: QuerySet = model_of(table)._default_manager.filter(reduce(or_, ways))
    return rows.order_by("pk")


def model_of(table: Table) -> type[Model]:
    """The table as Django knows it."""
    app, name = table.model.split(".")
    return apps.get_model(app, name)
