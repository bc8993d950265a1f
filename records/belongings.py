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
    """One human being: their person, those merged into it, and the addresses they are known by.

    A referee or a purchaser has no person: an address that they have shown to be theirs is all.
    """

    people: tuple[Person, ...]
    addresses: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.history_key for each in self.people)

    @property
    def emails(self) -> tuple[str, ...]:
        """Home, work and login addresses, and those shown to be theirs; lower case."""
        stated = [text for each in self.people for text in (each.email, each.work_email)]
        logins = [each.user.email for each in self.people if each.user is not None]
        found = (*stated, *logins, *self.addresses)
        return tuple(dict.fromkeys(text.lower() for text in found if text))

    @property
    def logins(self) -> tuple[int, ...]:
        """The keys of their logins: history names by these who did something."""
        return tuple(each.user_id for each in self.people if each.user_id)


def somebody(person: Person) -> Somebody:
    """A person with everybody who was merged into them."""
    merged = Person.objects.filter(merged_into=person).select_related("user").order_by("pk")
    return Somebody((person, *merged))


def known_by(address: str) -> Somebody:
    """Whoever reads an address: what is filed under it, and payers of that address without a login.

    Somebody with a login is asked to sign in: an address alone opens no account.
    """
    guests = Person.objects.filter(email__iexact=address, user=None, merged_into=None)
    return Somebody(tuple(guests.order_by("pk")), (address.lower(),))


def tables_of(who: Somebody) -> Iterator[tuple[Table, QuerySet]]:
    """Each table that holds anything about people, with the rows that are somebody's."""
    for table in in_force().tables:
        if table.rules and (table.whose or table.by_email or table.by_key):
            yield table, rows_of(table, who)


def rows_of(table: Table, who: Somebody) -> QuerySet:
    """The rows of one table that are somebody's, in the order in which they were written."""
    return _rows(table, reduce(or_, (_as_theirs(table, who), _under_their_address(table, who))))


def written_by(table: Table, who: Somebody) -> QuerySet:
    """Of these rows, those that are somebody's own words; all, where a table has one side only.

    What is filed under their address they wrote themselves, and its other side is the owner's.
    """
    if not table.third_party:
        return rows_of(table, who)
    owners = Q(**table.owner_wrote) if table.owner_wrote else Q(pk__in=())
    theirs = _under_their_address(table, who)
    return _rows(table, (theirs & ~owners) | (_as_theirs(table, who) & owners))


def _rows(table: Table, picked: Q) -> QuerySet:
    rows: QuerySet = model_of(table)._default_manager.filter(picked)
    return rows.order_by("pk")


def _as_theirs(table: Table, who: Somebody) -> Q:
    ways = Q(pk__in=())
    if table.whose:
        people = Q(**{f"{table.whose}__in": [each.pk for each in who.people]})
        ways |= people & Q(**table.theirs_when)
    if table.by_key:
        ways |= Q(**{f"{table.by_key}__in": who.keys})
    return ways


def _under_their_address(table: Table, who: Somebody) -> Q:
    ways = [Q(**{f"{way}__iexact": email}) for way in table.by_email for email in who.emails]
    return reduce(or_, ways, Q(pk__in=()))


def model_of(table: Table) -> type[Model]:
    """The table as Django knows it."""
    app, name = table.model.split(".")
    return apps.get_model(app, name)
