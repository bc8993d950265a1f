"""Every record stands in a register; who answers for it is said by the register alone."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_owners_get_registers")]

    operations = [
        migrations.RemoveConstraint("clientrecord", "record_reference_once_an_owner"),
        migrations.RemoveIndex("clientrecord", "record_that_waits"),
        migrations.RemoveField("clientrecord", "owner"),
        migrations.AlterField(
            "clientrecord",
            "register",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="records.register",
            ),
        ),
        migrations.AddIndex(
            "clientrecord",
            models.Index(
                fields=["register", "extended_until"],
                name="record_that_waits",
                condition=models.Q(status__in=("due_for_review", "indefinite_review")),
            ),
        ),
        migrations.AddConstraint(
            "clientrecord",
            models.UniqueConstraint(
                models.F("register"),
                django.db.models.functions.text.Lower("reference"),
                name="record_reference_once_a_register",
            ),
        ),
    ]
