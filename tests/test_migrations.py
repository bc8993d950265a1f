"""A database that knows the migrations from before the first release goes on with the newer."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def forget_the_newer():
    recorder = MigrationRecorder(connection)
    for key in MigrationExecutor(connection).loader.replacements:
        recorder.record_unapplied(*key)
    return recorder


def test_a_database_from_before_the_first_release_has_nothing_to_run():
    forget_the_newer()

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())

    assert plan == []


def test_one_that_stopped_half_way_is_refused():
    forget_the_newer().record_unapplied("payments", "0008_old_payouts")

    with pytest.raises(CommandError) as refused:
        call_command("migrate", "--plan")

    assert "stopped before payments.0008_old_payouts" in str(refused.value)
