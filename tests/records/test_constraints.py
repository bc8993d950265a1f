"""Tries to break every constraint of records, holds, reviews, rules and runs; lists who has one.

Registers and destruction have their own files; the last test says that none is left out.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from records.models import (
    ClientRecord,
    Hold,
    Redating,
    RedatingLot,
    RetentionRules,
    Review,
    ScheduleRun,
)
from records.models.client_records import MOST_REMINDERS
from records.models.rules import FIGURES, MOST_YEARS
from tests.factories import A_DAY, A_MOMENT
from tests.records.records import (
    hold_on,
    make_draft_retention_rules,
    make_due_record,
    make_record,
    make_retention_rules,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FILES = ("constraints", "disposal_constraints", "register_constraints", "releasing")
BREAKERS: list[tuple[str, Callable[[], object], dict]] = []


def breaks(constraint, make, /, **changed):
    """One way of breaking a constraint: the rows that are made, and what would be written."""
    BREAKERS.append((constraint, make, changed))


def a_record():
    return ClientRecord.objects.filter(pk=make_record().pk)


def a_due_record():
    return ClientRecord.objects.filter(pk=make_due_record().pk)


def a_hold():
    return Hold.objects.filter(pk=hold_on(make_record()).pk)


def a_review():
    return Review.objects.filter(record=make_due_record())


def a_run():
    ScheduleRun.objects.create(judged_on=A_DAY, started_at=A_MOMENT)
    return ScheduleRun.objects.all()


def a_draft():
    return RetentionRules.objects.filter(pk=make_draft_retention_rules().pk)


def a_version():
    return RetentionRules.objects.filter(pk=make_retention_rules().pk)


def a_redating():
    rules = make_draft_retention_rules()
    Redating.objects.create(rules=rules, is_trial=True, judged_on=A_DAY, started_at=A_MOMENT)
    return Redating.objects.all()


def a_lot():
    RedatingLot.objects.create(redating=a_redating().get(), first_id=5, last_id=9)
    return RedatingLot.objects.all()


breaks("record_has_a_reference", a_record, reference="")
breaks("record_codes_are_known", a_record, status="gone")
breaks("record_codes_are_known", a_record, capacity="perhaps")
breaks("record_codes_are_known", a_record, category="dental")
breaks("record_has_a_date_where_its_status_does", a_record, retain_until=None)
breaks("record_has_a_date_where_its_status_does", a_record, status="active")
breaks("record_has_a_date_where_its_status_does", a_record, status="indefinite_review")
breaks("record_has_a_date_where_its_status_does", a_record, status="on_hold", retain_until=None)
breaks("record_is_kept_longer_for_a_reason", a_record, extended_until=A_DAY)
breaks("record_is_kept_longer_for_a_reason", a_record, extended_because="Still asked for.")
for earlier in ("care_concluded_on", "last_contact_on", "died_on", "known_on"):
    breaks("record_has_nothing_before_birth", a_record, born_on=A_DAY, **{earlier: A_DAY - DAY})
breaks("hold_is_resolved_after_it_is_opened", a_hold, opened_on=A_DAY, resolved_on=A_DAY - DAY)
breaks("hold_kind_is_known", a_hold, kind="whim")
breaks("review_is_settled_with_an_outcome", a_review, settled_at=A_MOMENT)
breaks("review_is_settled_with_an_outcome", a_review, outcome="kept_longer")
breaks("review_reminders_end", a_review, reminders=MOST_REMINDERS + 1)
breaks("schedule_run_ends_after_it_starts", a_run, finished_at=A_MOMENT - DAY)
breaks("retention_rules_have_a_version", a_draft, version="")
breaks("retention_rules_have_a_known_reading", a_draft, reading="welsh")
for figure in FIGURES:
    breaks("retention_rules_count_in_years", a_draft, **{figure: 0})
    breaks("retention_rules_count_in_years", a_draft, **{figure: MOST_YEARS + 1})
for age in ("child_age", "child_of_17_age", "knowledge_age"):
    breaks("retention_rules_count_in_years", a_draft, **{age: 17})
breaks("adopted_retention_rules_have_a_day_and_a_minute", a_draft, adopted_at=A_MOMENT)
breaks("adopted_retention_rules_have_a_day_and_a_minute", a_draft, board_minute="Board, item 4")
breaks("adopted_retention_rules_have_a_day_and_a_minute", a_version, board_minute="")
breaks("adopted_retention_rules_have_a_day_and_a_minute", a_version, effective_from=None)
breaks("redating_ends_after_it_starts", a_redating, finished_at=A_MOMENT - DAY)
breaks("redating_lot_ends_after_it_begins", a_lot, last_id=4)


@pytest.mark.parametrize(
    ("name", "make", "changed"), BREAKERS, ids=[name for name, _make, _changed in BREAKERS]
)
def test_the_database_refuses(name, make, changed):
    rows = make()

    with pytest.raises(IntegrityError, match=rf"\b{name}\b"), transaction.atomic():
        rows.update(**changed)


TWINS = [
    ("one_open_hold_of_a_kind_and_a_day", "hold.record_id", a_hold),
    ("one_open_review_a_record", "review.record_id", a_review),
    ("one_trial_of_a_version_at_a_time", "redating.rules_id", a_redating),
]


@pytest.mark.parametrize(("name", "column", "make"), TWINS, ids=[name for name, *_ in TWINS])
def test_the_database_refuses_a_twin(name, column, make):
    row = make().get()
    row.pk = None

    # SQLite names the columns of a unique index, not the index.
    with pytest.raises(IntegrityError, match=rf"\b{name}\b|{column}"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_a_reference_twice_in_a_register_whatever_its_case():
    record = make_record(reference="CM-Own")
    record.pk, record.key, record.reference = None, ClientRecord().key, "cm-oWN"

    with pytest.raises(IntegrityError, match="record_reference_once_a_register"):
        record.save(force_insert=True)


def test_the_database_refuses_two_versions_that_begin_on_one_day():
    make_retention_rules(version="one")

    refused = "one_version_of_the_retention_rules_a_day|retentionrules.effective_from"
    with pytest.raises(IntegrityError, match=refused):
        make_retention_rules(version="two")


def test_the_database_refuses_to_date_records_twice_by_one_version():
    rules = make_retention_rules()
    facts = {"rules": rules, "is_trial": False, "judged_on": A_DAY, "started_at": A_MOMENT}
    Redating.objects.create(**facts, finished_at=A_MOMENT)

    refused = "records_are_dated_anew_once_a_version|redating.rules_id"
    with pytest.raises(IntegrityError, match=refused):
        Redating.objects.create(**facts)


def test_a_review_may_be_reminded_of_until_everybody_was():
    assert a_review().update(reminders=MOST_REMINDERS) == 1


def test_every_constraint_of_the_room_is_tried_by_name_in_one_of_these_files():
    kept = {
        constraint.name
        for model in apps.get_app_config("records").get_models()
        for constraint in model._meta.constraints
    }
    here = Path(__file__).parent
    files = [here / f"test_{one}.py" for one in FILES]
    words = "\n".join(file.read_text(encoding="utf-8") for file in files)

    assert {name for name in kept if not re.search(rf"\b{name}\b", words)} == set()
