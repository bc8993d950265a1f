"""Every table of the room, as it stood before the first release."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("foundation", "0001_initial"),
        ("foundation", "0002_letter_refused_at"),
        ("foundation", "0003_sealed_history"),
        ("foundation", "0005_letters_come_back"),
        ("foundation", "0006_silence"),
        ("foundation", "0007_sweeps_and_held_back_letters"),
        ("foundation", "0008_letters_enclose_papers"),
        ("foundation", "0009_letters_that_one_may_leave"),
        ("foundation", "0010_files_put_together"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("subject_key", models.CharField(blank=True, db_index=True, max_length=60)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("encloses", models.CharField(blank=True, max_length=60)),
                ("message_id", models.CharField(max_length=120, unique=True)),
                (
                    "leave_url",
                    models.CharField(
                        blank=True,
                        help_text="Where its reader says: no more of these.",
                        max_length=300,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("held_back_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ("-queued_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["queued_at"],
                        name="letter_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to", ""), _negated=True), name="letter_has_a_recipient"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="letter_has_a_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None), ("refused_at", None), _connector="OR"
                        ),
                        name="letter_went_or_was_refused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at", None), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="only_what_went_comes_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("since_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SweepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("first_at", models.DateTimeField(verbose_name="first heard of")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last finished"),
                ),
                (
                    "failed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last failed"),
                ),
            ],
            options={
                "verbose_name": "scheduled job",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="sweeps_have_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", False),
                            ("failed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sweeps_ended_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MadeFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("maker", models.CharField(max_length=60)),
                ("whose", models.CharField(db_index=True, max_length=60)),
                ("about", models.CharField(blank=True, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("bytes", models.PositiveBigIntegerField(default=0)),
                (
                    "stopped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="given up"),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("made_at", None), ("stopped_at", None)),
                        fields=("maker", "whose", "about"),
                        name="a_file_is_put_together_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bytes", 0), ("made_at", None)),
                            models.Q(("bytes__gt", 0), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="made_files_hold_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at", None), ("stopped_at", None), _connector="OR"
                        ),
                        name="files_are_made_or_given_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
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
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="foundation.chain",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=60)),
                ("verb", models.CharField(max_length=60)),
                ("text", models.TextField(blank=True)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("text_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ("chain", "number"),
                "permissions": [("export_history", "Can take the history out as a sealed file")],
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
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchored_heads",
                        to="foundation.chain",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
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
    ]
