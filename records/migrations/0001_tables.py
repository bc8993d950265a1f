"""Every table of the room, as it stood before the first release."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import records.models.certificates
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_one_open_hold"),
        ("records", "0003_dispose_record"),
        ("records", "0004_registers"),
        ("records", "0005_owners_get_registers"),
        ("records", "0006_records_stand_in_registers"),
        ("records", "0007_handover_offers"),
        ("records", "0008_retention_rules"),
        ("records", "0010_imports"),
        ("records", "0011_offer_register"),
        ("records", "0012_night_indexes"),
        ("records", "0013_two_people_destroy"),
        ("records", "0014_hand_out_registers"),
    ]

    dependencies = [
        ("membership", "0001_tables"),
        ("membership", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="membership.person",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="organisation")),
                ("opened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "In use"),
                            ("leaving", "Its owner is leaving"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "leaving_since",
                    models.DateField(blank=True, null=True, verbose_name="owner is leaving since"),
                ),
                (
                    "leaving_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resigned", "resigned"),
                            ("lapsed", "membership lapsed"),
                            ("died", "died"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "exported_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last export of everything"
                    ),
                ),
                ("exported_digest", models.CharField(blank=True, max_length=64)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_records",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="records at its closing"
                    ),
                ),
            ],
            options={
                "verbose_name": "register of client records",
                "verbose_name_plural": "registers of client records",
                "permissions": [
                    ("offer_register", "Can offer a register that has nobody to a member")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("leaving_because", ""), ("leaving_since", None), ("state", "open")
                            ),
                            ("state", "closed"),
                            models.Q(
                                ("leaving_since__isnull", False),
                                ("state", "leaving"),
                                ("leaving_because__in", ["resigned", "lapsed", "died"]),
                            ),
                            _connector="OR",
                        ),
                        name="register_says_why_its_owner_leaves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_records__isnull", False),
                                ("state", "closed"),
                            ),
                            models.Q(
                                ("closed_at", None),
                                ("closed_records", None),
                                ("state__in", ["open", "leaving"]),
                            ),
                            _connector="OR",
                        ),
                        name="register_is_closed_with_its_day_and_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exported_at", None), ("exported_digest", "")),
                            models.Q(
                                ("exported_at__isnull", False),
                                models.Q(("exported_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="register_export_has_its_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named",
                        to="records.register",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_in",
                        to="membership.person",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="invited")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("declined", "declined"),
                            ("withdrawn", "the invitation was taken back"),
                            ("expired", "did not answer"),
                            ("removed", "was removed"),
                            ("left", "left the register"),
                            ("no_member", "is no longer a member"),
                            ("now_owner", "took the register over"),
                            ("closed", "the register was closed"),
                        ],
                        max_length=9,
                        verbose_name="how it ended",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("register", "person"),
                        name="named_once_in_a_register",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("end", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="naming_ends_in_some_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None),
                                ("accepted_at__gte", models.F("asked_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at", None),
                                ("ended_at__gte", models.F("asked_at")),
                                _connector="OR",
                            ),
                        ),
                        name="naming_is_answered_after_it_was_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="records.register",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers_offered",
                        to="membership.person",
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by_portal",
                    models.BooleanField(
                        default=False, verbose_name="offered because the owner left"
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "taken over"),
                            ("declined", "declined"),
                            ("expired", "not answered"),
                            ("withdrawn", "taken back"),
                        ],
                        max_length=9,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("register",),
                        name="register_is_offered_to_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None)),
                            models.Q(
                                ("settled_at__gte", models.F("offered_at")),
                                ("settled_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_is_settled_with_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="records.register",
                    ),
                ),
                ("version", models.CharField(max_length=20)),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "version", "accepted_by"), name="terms_accepted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True),
                        name="terms_have_a_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="records.register",
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("has", "Has capacity"),
                            ("lacks", "Lacks capacity"),
                            ("unknown", "Not recorded"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[("general", "General"), ("mental_health", "Mental health")],
                        max_length=20,
                    ),
                ),
                (
                    "care_concluded_on",
                    models.DateField(blank=True, null=True, verbose_name="end of care"),
                ),
                (
                    "last_contact_on",
                    models.DateField(blank=True, null=True, verbose_name="last contact"),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="date of death")),
                (
                    "known_on",
                    models.DateField(blank=True, null=True, verbose_name="date of knowledge"),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                (
                    "extended_until",
                    models.DateField(blank=True, null=True, verbose_name="kept longer until"),
                ),
                (
                    "extended_because",
                    models.TextField(blank=True, verbose_name="reason for keeping it longer"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Care goes on"),
                            ("needs_information", "Facts are missing"),
                            ("invalid", "Dates to correct"),
                            ("on_hold", "On hold"),
                            ("indefinite_review", "No end date"),
                            ("retain", "Keep"),
                            ("due_for_review", "Due for review"),
                        ],
                        max_length=20,
                    ),
                ),
                ("retain_until", models.DateField(blank=True, null=True)),
                ("rule", models.CharField(max_length=8)),
                ("rule_set", models.CharField(max_length=20)),
                ("reason", models.TextField()),
                ("computed_on", models.DateField()),
                ("look_again_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "permissions": [("dispose_record", "Can sign the destruction of a client record")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("look_again_on__isnull", False)),
                        fields=["look_again_on"],
                        name="record_to_look_at_again",
                    ),
                    models.Index(
                        condition=models.Q(("status", "on_hold")),
                        fields=["retain_until"],
                        name="record_that_is_held",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ("needs_information", "invalid"))),
                        fields=["status"],
                        name="record_without_an_answer",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ("due_for_review", "indefinite_review"))),
                        fields=["register", "extended_until"],
                        name="record_that_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("register"),
                        django.db.models.functions.text.Lower("reference"),
                        name="record_reference_once_a_register",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="record_has_a_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "active",
                                    "needs_information",
                                    "invalid",
                                    "on_hold",
                                    "indefinite_review",
                                    "retain",
                                    "due_for_review",
                                ],
                            ),
                            ("capacity__in", ["has", "lacks", "unknown"]),
                            ("category__in", ["", "general", "mental_health"]),
                        ),
                        name="record_codes_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retain_until__isnull", False),
                                ("status__in", ("retain", "due_for_review")),
                            ),
                            models.Q(
                                ("retain_until", None),
                                ("status__in", ("active", "needs_information", "invalid")),
                            ),
                            models.Q(("retain_until", None), ("status", "indefinite_review")),
                            models.Q(("retain_until__isnull", False), ("status", "on_hold")),
                            models.Q(
                                ("retain_until", None), ("rule", "R-A2"), ("status", "on_hold")
                            ),
                            _connector="OR",
                        ),
                        name="record_has_a_date_where_its_status_does",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("extended_because", ""), ("extended_until", None)),
                            models.Q(
                                ("extended_until__isnull", False),
                                models.Q(("extended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="record_is_kept_longer_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born_on", None),
                            models.Q(
                                models.Q(
                                    ("care_concluded_on", None),
                                    ("care_concluded_on__gte", models.F("born_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("last_contact_on", None),
                                    ("last_contact_on__gte", models.F("born_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("died_on", None),
                                    ("died_on__gte", models.F("born_on")),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("known_on", None),
                                    ("known_on__gte", models.F("born_on")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="record_has_nothing_before_birth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="records.clientrecord",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("complaint", "Complaint"),
                            ("legal", "Legal case"),
                            ("safeguarding", "Safeguarding concern"),
                            ("inquiry", "Public inquiry"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="day it was opened")),
                (
                    "resolved_on",
                    models.DateField(blank=True, null=True, verbose_name="day it was resolved"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resolved_on", None)),
                        fields=("record", "kind", "opened_on"),
                        name="one_open_hold_of_a_kind_and_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resolved_on", None),
                            ("resolved_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="hold_is_resolved_after_it_is_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["complaint", "legal", "safeguarding", "inquiry"])
                        ),
                        name="hold_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="records.clientrecord",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("period_over", "The period is over"),
                            ("indefinite", "Kept without an end: is it still needed?"),
                        ],
                        max_length=12,
                    ),
                ),
                ("queued_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("kept_longer", "Kept longer"), ("not_due", "No longer due")],
                        max_length=12,
                    ),
                ),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("reminders__lt", 5), ("settled_at", None)),
                        fields=["queued_on"],
                        name="review_to_remind_of",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("record",),
                        name="one_open_review_a_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("settled_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_is_settled_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminders__lte", 5)), name="review_reminders_end"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("judged_on", models.DateField(verbose_name="for the day")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dated_anew",
                    models.PositiveIntegerField(
                        default=0, verbose_name="dated anew by changed rules"
                    ),
                ),
                (
                    "judged_again",
                    models.PositiveIntegerField(
                        default=0, verbose_name="judged again because of their day"
                    ),
                ),
                ("due_for_review", models.PositiveIntegerField(default=0)),
                ("kept_without_end", models.PositiveIntegerField(default=0)),
                (
                    "reviews_queued",
                    models.PositiveIntegerField(default=0, verbose_name="reviews queued"),
                ),
                (
                    "reviews_closed",
                    models.PositiveIntegerField(default=0, verbose_name="reviews no longer due"),
                ),
                (
                    "queued_before",
                    models.PositiveIntegerField(
                        default=0, verbose_name="not queued: waits already"
                    ),
                ),
                (
                    "put_off",
                    models.PositiveIntegerField(default=0, verbose_name="not queued: kept longer"),
                ),
                (
                    "on_hold",
                    models.PositiveIntegerField(
                        default=0, verbose_name="not queued: only a hold keeps it"
                    ),
                ),
                (
                    "facts_missing",
                    models.PositiveIntegerField(
                        default=0, verbose_name="not judged: facts missing"
                    ),
                ),
                (
                    "to_correct",
                    models.PositiveIntegerField(
                        default=0, verbose_name="not judged: dates to correct"
                    ),
                ),
            ],
            options={
                "ordering": ("-started_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            ("finished_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="schedule_run_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposals",
                        to="records.register",
                    ),
                ),
                (
                    "because",
                    models.TextField(blank=True, verbose_name="why it is no longer needed"),
                ),
                ("proposed_at", models.DateTimeField()),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("colleague", "Another member named in this register"),
                            ("witness", "A witness, by a link that works once"),
                            ("officer", "An officer of the society"),
                        ],
                        max_length=9,
                        verbose_name="who signs second",
                    ),
                ),
                (
                    "shows_names",
                    models.BooleanField(
                        default=False, verbose_name="the officer sees name and references"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "Signed by two people"),
                            ("withdrawn", "Taken back"),
                            ("declined", "Not signed by the second person"),
                            ("ran_out", "Not signed in time"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ending__in", ["signed", "withdrawn", "declined", "ran_out"]),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_ends_in_some_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), models.Q(("because", ""), _negated=True)),
                            models.Q(("because", ""), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="disposal_has_a_reason_while_it_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            ("ending__in", ["signed", "declined"]),
                            _connector="OR",
                        ),
                        name="disposal_is_signed_once_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            ("proposed_by", None),
                            models.Q(("second_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_signs_a_disposal_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ["colleague", "witness", "officer"]),
                            models.Q(("shows_names", False), ("way", "officer"), _connector="OR"),
                        ),
                        name="disposal_goes_a_known_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="records.disposal",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposal_lines",
                        to="records.clientrecord",
                    ),
                ),
                ("rule", models.CharField(max_length=8)),
                ("kept_until", models.DateField(verbose_name="had to be kept until")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            (
                                "period_over",
                                "The time it must be kept is over, and it is not needed for care, for a claim or complaint, or for business.",
                            ),
                            (
                                "no_relevance",
                                "It has no relevance any more to future care, complaints or legal claims of a client who lacked capacity, and every other period is over.",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "facts",
                    models.JSONField(default=dict, verbose_name="facts when it was proposed"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("destroyed", "Destroyed"),
                            ("refused", "Not destroyed"),
                            ("dropped", "Not destroyed: it was not signed"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "refused_because",
                    models.TextField(blank=True, verbose_name="why it was not destroyed"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("record",),
                        name="one_open_disposal_a_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("record__isnull", False), ("settled_at", None), ("verdict", "")
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("verdict__in", ["destroyed", "refused", "dropped"]),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_line_is_settled_with_a_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "destroyed"), _negated=True),
                            ("record", None),
                            _connector="OR",
                        ),
                        name="what_is_destroyed_has_no_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at", None), ("facts", {}), _connector="OR"),
                        name="facts_are_forgotten_with_the_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verdict", "refused"),
                                models.Q(("refused_because", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("verdict", "refused"), _negated=True),
                                ("refused_because", ""),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_line_is_refused_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["period_over", "no_relevance"])),
                        name="disposal_ground_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Witness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="witnesses",
                        to="records.disposal",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_on", models.DateField(verbose_name="last day of the link")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "Signed"),
                            ("declined", "Would rather not"),
                            ("replaced", "Somebody else was asked"),
                            ("withdrawn", "The proposal was taken back"),
                            ("expired", "Did not answer in time"),
                        ],
                        max_length=9,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("disposal",),
                        name="one_witness_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "ending__in",
                                    ["signed", "declined", "replaced", "withdrawn", "expired"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="witness_ends_in_some_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False),
                            models.Q(("email", ""), ("name", ""), _connector="OR", _negated=True),
                            _connector="OR",
                        ),
                        name="who_is_asked_to_witness_can_be_written_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("token_digest", ""), _negated=True),
                        name="link_of_a_witness_has_a_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "token",
                    models.CharField(
                        default=records.models.certificates.new_token,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("record_key", models.UUIDField(unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="records.register",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="records.disposalline",
                    ),
                ),
                ("reference_digest", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=8)),
                ("rule_set", models.CharField(max_length=20)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            (
                                "period_over",
                                "The time it must be kept is over, and it is not needed for care, for a claim or complaint, or for business.",
                            ),
                            (
                                "no_relevance",
                                "It has no relevance any more to future care, complaints or legal claims of a client who lacked capacity, and every other period is over.",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("kept_until", models.DateField(verbose_name="had to be kept until")),
                ("destroyed_on", models.DateField()),
                ("destroyed_at", models.DateTimeField()),
                (
                    "first_role",
                    models.CharField(
                        choices=[
                            ("owner", "the owner of the register"),
                            ("named", "a member named in the register"),
                            ("witness", "a witness from outside"),
                            ("officer", "an officer of the society"),
                        ],
                        max_length=7,
                        verbose_name="first signature",
                    ),
                ),
                (
                    "second_role",
                    models.CharField(
                        choices=[
                            ("owner", "the owner of the register"),
                            ("named", "a member named in the register"),
                            ("witness", "a witness from outside"),
                            ("officer", "an officer of the society"),
                        ],
                        max_length=7,
                        verbose_name="second signature",
                    ),
                ),
                (
                    "file_destroyed_on",
                    models.DateField(blank=True, null=True, verbose_name="file destroyed on"),
                ),
                (
                    "file_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("shredded", "Paper, shredded by us (cross-cut)"),
                            ("contractor", "By a contractor, who gave us their own certificate"),
                            ("wiped", "Electronic, deleted and wiped from every device and folder"),
                            ("returned", "Returned to the client or to who commissioned the work"),
                            ("no_file", "There was no file besides the entry in the register"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "file_exempt",
                    models.JSONField(blank=True, default=list, verbose_name="kept all the same"),
                ),
                ("file_confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-destroyed_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("destroyed_on__gt", models.F("kept_until"))),
                        name="nothing_is_destroyed_before_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_role__in", ["owner", "named"]),
                            ("second_role__in", ["owner", "named", "witness", "officer"]),
                            models.Q(
                                ("first_role", "owner"), ("second_role", "owner"), _negated=True
                            ),
                        ),
                        name="certificate_has_two_signatures",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", ""),
                            ("token", ""),
                            ("rule", ""),
                            ("rule_set", ""),
                            ("reference_digest", ""),
                            _connector="OR",
                            _negated=True,
                        ),
                        name="certificate_says_what_it_certifies",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["period_over", "no_relevance"])),
                        name="certificate_ground_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("file_confirmed_at", None),
                                ("file_destroyed_on", None),
                                ("file_method", ""),
                            ),
                            models.Q(
                                ("file_confirmed_at__isnull", False),
                                ("file_destroyed_on__gte", models.F("destroyed_on")),
                                (
                                    "file_method__in",
                                    ["shredded", "contractor", "wiped", "returned", "no_file"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="file_is_destroyed_after_both_have_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="records.register",
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("rows", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("stopped", models.CharField(blank=True, max_length=200)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("twins", models.PositiveIntegerField(default=0)),
                (
                    "turned_away",
                    models.PositiveIntegerField(default=0, verbose_name="refused rows"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone", models.PositiveIntegerField(default=0, verbose_name="rows undone")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("added", 0), ("changed", 0), ("taken_at", None)),
                            models.Q(
                                ("taken_at__gte", models.F("sent_at")), ("taken_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="import_counts_what_was_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone", 0), ("undone_at", None)),
                            models.Q(("taken_at__isnull", False), ("undone_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_is_undone_after_it_was_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="done",
                        to="records.recordimport",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.clientrecord",
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="line of the file")),
                ("was", models.JSONField(null=True)),
                (
                    "events",
                    models.PositiveIntegerField(
                        verbose_name="lines of the record's history by then"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "record"), name="a_record_once_in_an_import"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=20, unique=True)),
                ("effective_from", models.DateField(blank=True, null=True)),
                ("board_minute", models.CharField(blank=True, max_length=200)),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("nhs_2021", "NHS Code 2021 with the CMSUK FAQ"),
                            ("faq_only", "CMSUK FAQ alone"),
                        ],
                        default="nhs_2021",
                        help_text="Which rules are used together.",
                        max_length=20,
                    ),
                ),
                (
                    "adult_years",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-A1: years for an adult",
                    ),
                ),
                (
                    "child_age",
                    models.PositiveSmallIntegerField(
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(18),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-C1: birthday for a child",
                    ),
                ),
                (
                    "child_of_17_age",
                    models.PositiveSmallIntegerField(
                        default=26,
                        validators=[
                            django.core.validators.MinValueValidator(18),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-C2: birthday for a child of 17",
                    ),
                ),
                (
                    "mental_health_years",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-M1: years for mental health",
                    ),
                ),
                (
                    "mental_health_death_years",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-M2: years after death, mental health, by the FAQ",
                    ),
                ),
                (
                    "mental_health_death_code_years",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-M3: years after death, mental health, by the NHS Code",
                    ),
                ),
                (
                    "death_years",
                    models.PositiveSmallIntegerField(
                        default=8,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-D1: years after death",
                    ),
                ),
                (
                    "knowledge_years",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-L1: years after an adult's injury became known",
                    ),
                ),
                (
                    "knowledge_age",
                    models.PositiveSmallIntegerField(
                        default=21,
                        validators=[
                            django.core.validators.MinValueValidator(18),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="R-L2: birthday where a child's injury became known",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "retention rules",
                "ordering": ("-effective_from", "-pk"),
                "permissions": [
                    (
                        "adopt_retention_rules",
                        "Can put retention rules into force by a board minute",
                    )
                ],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True),
                        name="retention_rules_have_a_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("adopted_at__isnull", False)),
                        fields=("effective_from",),
                        name="one_version_of_the_retention_rules_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adopted_at", None), ("adopted_by", None), ("board_minute", "")
                            ),
                            models.Q(
                                ("adopted_at__isnull", False),
                                ("effective_from__isnull", False),
                                models.Q(("board_minute", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="adopted_retention_rules_have_a_day_and_a_minute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reading__in", ["nhs_2021", "faq_only"])),
                        name="retention_rules_have_a_known_reading",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adult_years__range", (1, 100)),
                            ("child_age__range", (1, 100)),
                            ("child_of_17_age__range", (1, 100)),
                            ("death_years__range", (1, 100)),
                            ("knowledge_age__range", (1, 100)),
                            ("knowledge_years__range", (1, 100)),
                            ("mental_health_death_code_years__range", (1, 100)),
                            ("mental_health_death_years__range", (1, 100)),
                            ("mental_health_years__range", (1, 100)),
                            ("child_age__gte", 18),
                            ("child_of_17_age__gte", 18),
                            ("knowledge_age__gte", 18),
                        ),
                        name="retention_rules_count_in_years",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redatings",
                        to="records.retentionrules",
                    ),
                ),
                ("is_trial", models.BooleanField()),
                ("judged_on", models.DateField(verbose_name="for the day")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-started_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_trial", False)),
                        fields=("rules",),
                        name="records_are_dated_anew_once_a_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at", None), ("is_trial", True)),
                        fields=("rules",),
                        name="one_trial_of_a_version_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            ("finished_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="redating_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RedatingLot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "redating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="records.redating",
                    ),
                ),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("tally", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["redating", "first_id"],
                        name="redating_lot_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_id__gte", models.F("first_id"))),
                        name="redating_lot_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="records.register",
                    ),
                ),
                (
                    "to_name",
                    models.CharField(blank=True, max_length=120, verbose_name="who takes it"),
                ),
                (
                    "to_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="their address"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why them")),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_digest", models.CharField(blank=True, max_length=64)),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="last day of the link"),
                ),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="first taken as a file"
                    ),
                ),
                ("taken_digest", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "Closed after it was handed out"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=9,
                    ),
                ),
            ],
            options={
                "permissions": [
                    (
                        "release_register",
                        "Can hand out a register whose owner has died, with a colleague",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("register",),
                        name="one_release_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False), ("ending__in", ["closed", "withdrawn"])
                            ),
                            _connector="OR",
                        ),
                        name="release_ends_in_some_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False),
                            models.Q(
                                ("to_name", ""), ("to_email", ""), _connector="OR", _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="who_takes_a_register_can_be_written_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="register_is_released_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            ("asked_by", None),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_officers_release_a_register",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_at", None),
                                ("agreed_by", None),
                                ("expires_on", None),
                                ("token_digest", ""),
                            ),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("expires_on__isnull", False),
                                models.Q(("token_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="release_has_a_link_once_it_is_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_digest", "")),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("taken_at__isnull", False),
                                models.Q(("taken_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="register_is_taken_once_it_is_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", "closed"), _negated=True),
                            ("taken_at__isnull", False),
                            _connector="OR",
                        ),
                        name="nothing_is_closed_that_nobody_took",
                    ),
                ],
            },
        ),
    ]
