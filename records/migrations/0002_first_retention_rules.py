"""The figures as they are published, in force from before any record."""

import datetime as dt

from django.db import migrations


def add_first_rules(apps, schema_editor):
    apps.get_model("records", "RetentionRules").objects.create(
        version="2026-1",
        effective_from=dt.date(2000, 1, 1),
        adopted_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        board_minute="As published by the society in its FAQ, and by the NHS Code 2021",
    )


class Migration(migrations.Migration):
    replaces = [("records", "0009_first_retention_rules")]
    dependencies = [("records", "0001_tables")]

    operations = [migrations.RunPython(add_first_rules, migrations.RunPython.noop)]
