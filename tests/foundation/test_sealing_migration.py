"""Lines that were written before the history was sealed anew keep what they say, and verify."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation import history
from tests.factories import A_MOMENT

BEFORE = [("foundation", "0002_letter_refused_at")]


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
def test_older_lines_are_sealed_anew_with_their_words_and_order():
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    apps = migrate(BEFORE)
    try:
        for key in ("two", "one"):
            chain = apps.get_model("foundation", "Chain").objects.create(subject_key=key, length=2)
            for number, text in ((1, "words"), (2, "")):
                chain.events.create(
                    number=number,
                    at=A_MOMENT,
                    actor="the portal",
                    verb="came",
                    text=text,
                    salt="0" * 32 if text else "",
                    text_digest="0" * 64,
                    digest="0" * 64,
                )
    finally:
        migrate(newest)

    assert list(history.faults()) == []
    assert [line.text for line in history.of("one")] == ["", "words"]
    assert history.record("two", "left", at=A_MOMENT, by=None).number == 3
