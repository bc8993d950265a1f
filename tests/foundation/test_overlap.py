"""Periods that never overlap, held by either database, also after its table was made anew."""

import copy
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from foundation.overlap import NoOverlap
from membership.models import FeeDue
from tests.factories import A_DAY, make_fee, make_member, make_person

SAME = {"owner": "person", "first": "starts_on", "last": "ends_on"}


def overlap(person):
    """A second fee for the days that the first one pays for."""
    days = {"starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 31)}
    return FeeDue(
        **{field: getattr(make_fee(), field) for field in ("purpose", "type", "pence", "fixed_at")},
        person=person,
        settled_on=A_DAY,
        **days,
    )


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_made_anew_keeps_the_constraint():
    member = make_member()
    known = FeeDue._meta.get_field("purpose")
    longer = copy.copy(known)
    longer.max_length = 40

    for old, new in ((known, longer), (longer, known)):
        with connection.schema_editor() as editor:
            editor.alter_field(FeeDue, old, new)

    with pytest.raises(IntegrityError, match="periods_of_a_person_never_overlap"):
        overlap(member).save()


@pytest.mark.django_db(transaction=True)
def test_it_can_be_taken_away_and_put_back():
    member = make_member()
    (constraint,) = [one for one in FeeDue._meta.constraints if isinstance(one, NoOverlap)]
    others = [one for one in FeeDue._meta.constraints if one is not constraint]

    FeeDue._meta.constraints = others
    with connection.schema_editor() as editor:
        editor.remove_constraint(FeeDue, constraint)
    with transaction.atomic():
        overlap(member).save()
        transaction.set_rollback(True)
    FeeDue._meta.constraints = [*others, constraint]
    with connection.schema_editor() as editor:
        editor.add_constraint(FeeDue, constraint)

    with pytest.raises(IntegrityError):
        overlap(member).save()


@pytest.mark.django_db
def test_a_form_is_told_before_the_database_refuses():
    member = make_member()

    with pytest.raises(ValidationError):
        overlap(member).validate_constraints()

    overlap(make_person()).validate_constraints()
    make_fee(member).validate_constraints()


def test_two_constraints_are_one_where_they_say_the_same():
    one = NoOverlap(name="never", **SAME)

    assert one == NoOverlap(name="never", **SAME)
    assert hash(one) == hash(NoOverlap(name="never", **SAME))
    assert one != NoOverlap(name="never", **{**SAME, "last": "settled_on"})
    assert one != "never"
    assert one.deconstruct() == ("foundation.overlap.NoOverlap", (), {"name": "never", **SAME})
