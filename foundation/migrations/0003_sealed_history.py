"""Names lines of history by their digest, and seals what each line belongs to along with it.

The lines that there are keep their words, times and order; only their digests are worked out anew.
"""

import secrets

import django.db.models.deletion
from django.db import migrations, models

from foundation import history_file, seals

kept = []


def remember(apps, schema_editor):
    kept.clear()
    events = apps.get_model("foundation", "Event").objects.order_by("chain", "number")
    columns = ("chain__subject_key", "number", "at", "actor", "verb", "text", "salt", "text_digest")
    kept.extend(events.values(*columns))


def seal_anew(apps, schema_editor):
    chains, previous, lines = {}, "", []
    for row in kept:
        key = row.pop("chain__subject_key")
        if key not in chains:
            previous = ""
        is_erased = not row["salt"] and not row["text"]
        salt = "" if is_erased else row["salt"] or secrets.token_hex(16)
        digest = row["text_digest"] if is_erased else seals.text_digest(salt, row["text"])
        line = {**row, "salt": salt, "text_digest": digest, "previous": previous}
        written = {**line, "chain": key, "at": history_file.written(row["at"])}
        previous = seals.line_digest(written)
        chains[key] = (row["number"], previous)
        lines.append({**line, "chain_id": key, "digest": previous})
    chain, event = (apps.get_model("foundation", name) for name in ("Chain", "Event"))
    chain.objects.bulk_create(
        chain(subject_key=key, length=length, head=head) for key, (length, head) in chains.items()
    )
    event.objects.bulk_create((event(**line) for line in lines), batch_size=1000)
    kept.clear()


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_letter_refused_at")]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
        migrations.DeleteModel("Event"),
        migrations.DeleteModel("Chain"),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("subject_key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("length", models.PositiveIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=60)),
                ("verb", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("text_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="foundation.chain",
                    ),
                ),
            ],
            options={
                "ordering": ("chain", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "number"), name="event_number_once_a_chain"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="event_numbers_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnchoredHead",
            fields=[
                ("leaf", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("anchor", models.PositiveIntegerField(db_index=True)),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchored_heads",
                        to="foundation.chain",
                    ),
                ),
            ],
            options={
                "ordering": ("anchor", "leaf"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "anchor"), name="one_head_a_chain_and_anchor"
                    )
                ],
            },
        ),
        migrations.RunPython(seal_anew, migrations.RunPython.noop),
    ]
