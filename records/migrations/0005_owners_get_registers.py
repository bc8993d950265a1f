"""Everybody who keeps client records gets a register, and their records move into it."""

from django.db import migrations
from django.db.models import Min

LOT = 1000


def open_registers(apps, schema_editor):
    record = apps.get_model("records", "ClientRecord")
    register = apps.get_model("records", "Register")
    owners = record.objects.values("owner").annotate(since=Min("added_at")).order_by("owner")
    for lot in _lots(owners.iterator(LOT)):
        made = register.objects.bulk_create(
            register(owner_id=one["owner"], opened_at=one["since"]) for one in lot
        )
        for one in made:
            record.objects.filter(owner_id=one.owner_id).update(register=one)


def give_back(apps, schema_editor):
    """To the owner of the register: whom it is shared with cannot be said in the older tables."""
    record = apps.get_model("records", "ClientRecord")
    register = apps.get_model("records", "Register")
    for one in register.objects.iterator(LOT):
        record.objects.filter(register=one).update(owner_id=one.owner_id)


def _lots(rows):
    lot = []
    for row in rows:
        lot.append(row)
        if len(lot) == LOT:
            yield lot
            lot = []
    yield lot


class Migration(migrations.Migration):
    dependencies = [("records", "0004_registers")]

    operations = [migrations.RunPython(open_registers, give_back)]
