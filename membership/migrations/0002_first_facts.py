"""The areas of expertise, the first eligibility rules, and the one fee that is known."""

import csv
import datetime as dt
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "expertise.csv"
GROUPS = {
    "adults": "adults",
    "children": "children",
    "older adults": "older",
    "working age": "working",
}


def add_areas_of_expertise(apps, schema_editor):
    area = apps.get_model("membership", "ExpertiseArea")
    with FILE.open(newline="", encoding="utf-8") as file:
        area.objects.bulk_create(
            area(
                code=row["code"],
                label=row["label"],
                is_clinical=row["group"] == "clinical",
                client_group=GROUPS.get(row["client_group"], "all"),
                usual_professions=row["usual_professions"],
            )
            for row in csv.DictReader(file)
        )


def add_first_rules(apps, schema_editor):
    apps.get_model("membership", "EligibilityRules").objects.create(
        version="2026-1",
        effective_from=dt.date(2000, 1, 1),
        adopted_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        board_minute="As published by the society in its FAQ",
    )


def add_overseas_fee(apps, schema_editor):
    # The nominal fee that the society states; every other fee is for the office to set.
    apps.get_model("membership", "FeeRate").objects.create(
        type="overseas", pence=2000, valid_from=dt.date(2000, 1, 1), note="Stated by the society."
    )


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_tables")]

    operations = [
        migrations.RunPython(add_areas_of_expertise, migrations.RunPython.noop),
        migrations.RunPython(add_first_rules, migrations.RunPython.noop),
        migrations.RunPython(add_overseas_fee, migrations.RunPython.noop),
    ]
