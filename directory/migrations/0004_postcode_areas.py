"""The postcode areas as areas of work, each in its main region."""

from django.db import migrations


def add(apps, schema_editor):
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
    dependencies = [("directory", "0003_finding_and_answering")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
