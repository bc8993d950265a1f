"""The database itself refuses to change or cut the history."""

from django.db import migrations

from foundation import append_only


def put_on(apps, schema_editor):
    append_only.put_on(schema_editor.connection)


def take_off(apps, schema_editor):
    append_only.take_off(schema_editor.connection)


class Migration(migrations.Migration):
    replaces = [("foundation", "0004_history_is_added_to_only")]
    dependencies = [("foundation", "0001_tables")]

    operations = [migrations.RunPython(put_on, take_off)]
