"""Nothing but a second signature destroys a client record: not the code, not the policy.

An owner who leaves takes their records with them: that is a closing, not a destruction, and a
person's own act, too.
"""

import ast
import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db.models import PROTECT

from records import keeping, schedule
from records.disposal import chasing
from records.models import ClientRecord
from records.policy import Verb, in_force
from tests.records.disposals import OFFICER, propose
from tests.records.nights import world
from tests.records.records import make_due_record

ROOMS = ("cmsuk", "website", "records", "benefits", "payments", "directory", "membership")
DELETES = ("delete", "_raw_delete", "truncate")
ALLOWED = Path("records/disposal/destroying.py")
RECORDS = ("records.ClientRecord", "records.Hold", "records.Review")


def deleting():
    """Every place of the code that deletes rows, in files that know client records."""
    root = Path(settings.BASE_DIR)
    for path in sorted(file for room in ROOMS for file in (root / room).rglob("*.py")):
        text = path.read_text()
        if "ClientRecord" not in text and "client_records" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr in DELETES:
                yield str(path.relative_to(root)), ast.unparse(node.value)


def test_one_module_alone_deletes_client_records_among_those_that_know_them():
    assert set(deleting()) == {
        (str(ALLOWED), "record"),
        (str(ALLOWED), "record.holds.all()"),
        (str(ALLOWED), "record.reviews.all()"),
        # An owner who closes their register takes every record out as a file first.
        ("records/closing.py", "ClientRecord.objects.filter(pk__in=records)"),
        ("records/closing.py", "model._default_manager.filter(record__in=records)"),
        # A record that a file has just added, and nobody has touched since, is taken back.
        ("records/undoing.py", "model._default_manager.filter(record=record)"),
        ("records/undoing.py", "record"),
        ("records/undoing.py", "record.holds.exclude(pk__in=before)"),
        ("records/undoing.py", "row"),
        ("records/redating.py", "rules.redatings.filter(is_trial=True)"),
    }


def test_the_one_that_does_is_called_by_the_second_signature_alone():
    root = Path(settings.BASE_DIR)
    callers = {
        path.relative_to(root)
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if "destroying.destroy" in path.read_text() or "import destroy" in path.read_text()
    }

    assert callers == {Path("records/disposal/signing.py")}


def test_no_statement_of_sql_touches_the_table():
    root = Path(settings.BASE_DIR)
    telling = [
        path.relative_to(root)
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if "records_clientrecord" in path.read_text() and "migrations" not in path.parts
    ]

    assert telling == []


def test_the_policy_keeps_client_records_and_what_hangs_on_them():
    verbs = {
        (table.model, rule.verb)
        for table in in_force().tables
        for rule in table.rules
        if table.model in RECORDS
    }

    assert verbs == {(model, Verb.KEEP) for model in RECORDS}


def test_no_row_that_goes_takes_a_client_record_along():
    going = {
        relation.remote_field.on_delete
        for name in RECORDS
        for relation in apps.get_model(name)._meta.concrete_fields
        if relation.is_relation and not relation.null
    }

    assert going == {PROTECT}


@pytest.mark.django_db
def test_ten_years_of_nights_destroy_nothing_even_where_something_was_proposed():
    start = dt.datetime(2026, 1, 10, 9, 0, tzinfo=dt.UTC)
    world()
    propose(make_due_record(at=start), second=OFFICER, at=start)
    before = ClientRecord.objects.count()

    for night in range(0, 3653, 365):
        at = start + dt.timedelta(days=night)
        with time_machine.travel(at, tick=False):
            schedule.run(on=at.date())
            chasing.chase(at=at)
            keeping.run(on=at.date())

    assert ClientRecord.objects.count() == before
