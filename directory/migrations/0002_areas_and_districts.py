"""The areas of work, and the places of postcode districts, out of the project's own files."""

import csv
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def add_areas(apps, schema_editor):
    area = apps.get_model("directory", "Area")
    area.objects.bulk_create(
        area(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            parent_id=row["parent"] or None,
        )
        for row in rows("areas.csv")
    )


def add_outcodes(apps, schema_editor):
    outcode = apps.get_model("directory", "Outcode")
    places = []
    for row in rows("outcodes.csv"):
        region, _, also_in = row["regions"].partition(" ")
        # A row with a town is a postcode area; districts belong to the area their letters name.
        letters = row["code"].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789")
        places.append(
            outcode(
                code=row["code"],
                name=row["name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                radius_km=float(row["radius_km"]),
                region_id=region,
                also_in=also_in,
                postcode_area_id=None if row["name"] else letters,
            )
        )
    outcode.objects.bulk_create(places, batch_size=500)


def add_postcode_areas(apps, schema_editor):
    """Areas of work as well, each in its main region."""
    area = apps.get_model("directory", "Area")
    outcode = apps.get_model("directory", "Outcode")
    area.objects.bulk_create(
        area(
            code=f"pc-{each.code}",
            kind="postcode",
            name=f"{each.name} ({each.code})",
            parent_id=each.region_id,
            also_in=each.also_in,
        )
        for each in outcode.objects.filter(postcode_area=None)
    )


class Migration(migrations.Migration):
    replaces = [("directory", "0002_places"), ("directory", "0004_postcode_areas")]
    dependencies = [("directory", "0001_tables")]

    operations = [
        migrations.RunPython(add_areas, migrations.RunPython.noop),
        migrations.RunPython(add_outcodes, migrations.RunPython.noop),
        migrations.RunPython(add_postcode_areas, migrations.RunPython.noop),
    ]
