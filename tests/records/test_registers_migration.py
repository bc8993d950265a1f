"""Records that stood under their owner alone are found in their owner's register."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from records.models import ClientRecord, Register
from tests.factories import A_DAY, A_MOMENT, make_person

BEFORE = [("records", "0003_dispose_record")]


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def older_record(apps, owner, reference):
    facts = {
        "status": "active",
        "rule": "",
        "rule_set": "nhs_2021",
        "reason": "",
        "added_at": A_MOMENT,
    }
    apps.get_model("records", "ClientRecord").objects.create(
        owner_id=owner.pk, reference=reference, computed_on=A_DAY, **facts
    )


@pytest.mark.django_db(transaction=True)
def test_every_owner_gets_one_register_with_their_records_and_keeps_them_on_the_way_back():
    first, second = make_person(), make_person()
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    older = migrate(BEFORE)
    try:
        for owner, reference in ((first, "CM-1"), (first, "CM-2"), (second, "CM-1")):
            older_record(older, owner, reference)
        migrate(newest)
        found = {
            owner: list(ClientRecord.objects.of(owner).values_list("reference", flat=True))
            for owner in (first, second)
        }
        opened = list(Register.objects.order_by("pk").values_list("owner", "opened_at"))
        back = migrate(BEFORE).get_model("records", "ClientRecord")
        owners = list(back.objects.order_by("pk").values_list("owner", flat=True))
        back.objects.all().delete()
    finally:
        migrate(newest)

    assert found == {first: ["CM-1", "CM-2"], second: ["CM-1"]}
    assert opened == [(first.pk, A_MOMENT), (second.pk, A_MOMENT)]
    assert owners == [first.pk, first.pk, second.pk]
