"""Dates that no single column holds, by the names under which `policy.toml` asks for them.

Each is a query over the people there are; a row's own date is read off through its person.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import (
    Case,
    DateField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, NullIf, TruncDate

from benefits.models import Booking
from membership.models import Application, FeeDue, Membership, Person
from records.models import ClientRecord

LONG_AGO = dt.date(1900, 1, 1)
"""Stands for a date that there is not, where the latest of several is taken."""


def left(person: str) -> Expression:
    """The day a member resigned or died, or the last day paid for; empty for others.

    It lies ahead while the membership runs, so no period that starts from it can be over. Whose
    account was merged has the membership of the account that took it in.
    """
    return Coalesce(
        *_left(Q(person=OuterRef(person))),
        *_left(Q(person__merged_from=OuterRef(person))),
        output_field=DateField(),
    )


def _left(whose: Q) -> tuple[Subquery, ...]:
    membership = Membership.objects.filter(whose)
    paid = FeeDue.objects.filter(whose, ends_on__isnull=False, cancelled_at=None)
    return (
        Subquery(membership.values("resigned_on")[:1]),
        Subquery(membership.values("person__died_on")[:1]),
        Subquery(paid.order_by("-ends_on").values("ends_on")[:1]),
    )


def ties_ended(person: str) -> Expression:
    """The last day on which anything joined a person to the society; empty while anything does.

    An event that they booked joins them until it is over: guests have nothing else. Whoever has
    none of this, such as somebody whom the office has just entered, is known since a day. Whatever
    joins the account that took in another joins that one, too: both logins are the same person's.
    """
    applications = Application.objects.filter(_theirs("person", person))
    edited = applications.order_by("-edited_at").annotate(day=TruncDate("edited_at")).values("day")
    booked = Booking.objects.filter(_theirs("person", person)).order_by("-event__ends_at")
    register = ClientRecord.objects.filter(_theirs("register__owner", person))
    known = Person.objects.filter(pk=OuterRef(person)).annotate(
        joined=TruncDate("user__joined_at"), known=TruncDate("known_at")
    )
    last = Greatest(
        _or_long_ago(Coalesce(*_left(Q(person=OuterRef(person))), output_field=DateField())),
        _or_long_ago(
            Coalesce(*_left(Q(person__merged_from=OuterRef(person))), output_field=DateField())
        ),
        _or_long_ago(Subquery(edited[:1])),
        _or_long_ago(Subquery(known.values("joined")[:1])),
        _or_long_ago(Subquery(booked.values(day=TruncDate("event__ends_at"))[:1])),
    )
    return Case(
        When(Exists(applications.open()) | Exists(register), then=Value(None)),
        default=Coalesce(NullIf(last, Value(LONG_AGO)), Subquery(known.values("known")[:1])),
        output_field=DateField(),
    )


def _theirs(way: str, person: str) -> Q:
    """Rows of somebody, and of the account that took theirs in."""
    return Q(**{way: OuterRef(person)}) | Q(**{f"{way}__merged_from": OuterRef(person)})


NAMED: Mapping[str, Callable[[str], Expression]] = {"left": left, "ties_ended": ties_ended}


def _or_long_ago(day: Combinable) -> Coalesce:
    return Coalesce(day, Value(LONG_AGO), output_field=DateField())


def with_clock(rows: QuerySet, clock: tuple[str, ...], *, whose: str) -> QuerySet:
    """The rows with `clock_on`: the first of the ways that leads to a date."""
    ways = [NAMED[way](whose) if way in NAMED else _day(rows, way) for way in clock]
    first = ways[0] if len(ways) == 1 else Coalesce(*ways, output_field=DateField())
    dated: QuerySet = rows.annotate(clock_on=first)
    return dated


def _day(rows: QuerySet, way: str) -> Expression:
    """A column's day, whether it keeps a day or a moment."""
    model, *rest = rows.model, *way.split("__")
    for step in rest[:-1]:
        model = model._meta.get_field(step).related_model
    field = model._meta.get_field(rest[-1])
    is_moment = field.get_internal_type() == "DateTimeField"
    return TruncDate(way) if is_moment else ExpressionWrapper(F(way), output_field=DateField())
