"""Every table of the room, as it stood before the first release."""

import django.db.models.deletion
import phonenumber_field.modelfields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("directory", "0001_places_listings_and_enquiries"),
        ("directory", "0003_finding_and_answering"),
        ("directory", "0005_indexes_of_the_search"),
    ]

    dependencies = [
        ("membership", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("whole", "The whole of the UK"),
                            ("nation", "Nation"),
                            ("region", "Region"),
                            ("county", "County or council area"),
                            ("postcode", "Postcode area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.area",
                    ),
                ),
                ("also_in", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ("name", "code"),
            },
        ),
        migrations.CreateModel(
            name="Outcode",
            fields=[
                ("code", models.CharField(max_length=4, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="town")),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("radius_km", models.FloatField()),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcodes",
                        to="directory.area",
                    ),
                ),
                ("also_in", models.CharField(blank=True, max_length=40)),
                (
                    "postcode_area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="districts",
                        to="directory.outcode",
                    ),
                ),
            ],
            options={
                "verbose_name": "postcode district",
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["latitude", "longitude"], name="outcode_position")
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listing",
                        to="membership.person",
                    ),
                ),
                ("slug", models.SlugField(max_length=140, unique=True)),
                (
                    "public_name",
                    models.CharField(max_length=120, verbose_name="name shown to the public"),
                ),
                (
                    "about",
                    models.TextField(blank=True, max_length=1500, verbose_name="about your work"),
                ),
                (
                    "taking_cases",
                    models.BooleanField(default=True, verbose_name="taking new cases"),
                ),
                (
                    "taking_again_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="taking new cases again from"
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="directory.outcode",
                    ),
                ),
                (
                    "radius_miles",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="miles you travel"
                    ),
                ),
                (
                    "shows_town",
                    models.BooleanField(default=True, verbose_name="the nearest large town"),
                ),
                (
                    "shows_registration",
                    models.BooleanField(
                        default=True, verbose_name="regulator and day of our check"
                    ),
                ),
                ("shows_photo", models.BooleanField(default=True, verbose_name="photo")),
                (
                    "in_search_engines",
                    models.BooleanField(
                        default=True, verbose_name="may be found by search engines"
                    ),
                ),
                ("edited_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("opted_in_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("pause_ends_on", models.DateField(blank=True, null=True)),
                ("lot", models.CharField(blank=True, editable=False, max_length=16)),
                ("drawn_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "areas",
                    models.ManyToManyField(
                        blank=True, related_name="listings", to="directory.area"
                    ),
                ),
            ],
            options={
                "ordering": ("slug",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("opted_in_at__isnull", False)),
                        fields=[
                            "lot",
                            "id",
                            "radius_miles",
                            "paused_at",
                            "pause_ends_on",
                            "base",
                            "person",
                        ],
                        name="listing_by_lot",
                    ),
                    models.Index(
                        condition=models.Q(("opted_in_at__isnull", False)),
                        fields=[
                            "base",
                            "lot",
                            "id",
                            "radius_miles",
                            "paused_at",
                            "pause_ends_on",
                            "person",
                        ],
                        name="listing_by_base",
                    ),
                    models.Index(
                        condition=models.Q(("opted_in_at__isnull", False)),
                        fields=[
                            "person",
                            "lot",
                            "id",
                            "radius_miles",
                            "paused_at",
                            "pause_ends_on",
                            "base",
                        ],
                        name="listing_by_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slug", ""), _negated=True),
                            models.Q(("public_name", ""), _negated=True),
                        ),
                        name="listing_has_name_and_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base", None), ("radius_miles", None)),
                            models.Q(("base__isnull", False), ("radius_miles__isnull", False)),
                            _connector="OR",
                        ),
                        name="listing_base_and_radius_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("radius_miles", None),
                            models.Q(("radius_miles__gte", 1), ("radius_miles__lte", 200)),
                            _connector="OR",
                        ),
                        name="listing_radius_from_1_to_200_miles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taking_again_on", None), ("taking_cases", False), _connector="OR"
                        ),
                        name="listing_taking_again_only_when_not_taking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pause_ends_on", None), ("paused_at__isnull", False), _connector="OR"
                        ),
                        name="listing_pause_that_ends_has_begun",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="photo",
                        serialize=False,
                        to="directory.listing",
                    ),
                ),
                ("content", models.BinaryField()),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("content", b""), _negated=True),
                        name="photo_is_not_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to="directory.listing",
                    ),
                ),
                ("batch", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="your name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="your organisation"),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="your e-mail address")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        max_length=128,
                        region=None,
                        verbose_name="your telephone number",
                    ),
                ),
                ("message", models.TextField(max_length=3000, verbose_name="your message")),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "nudged_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="member reminded at"),
                ),
                (
                    "others_named_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="others named at"),
                ),
                (
                    "spam_reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reported as spam at"),
                ),
            ],
            options={
                "verbose_name_plural": "enquiries",
                "ordering": ("-sent_at", "-pk"),
                "permissions": [("read_enquiry", "Can read what purchasers wrote")],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("answered_at", None),
                            ("others_named_at", None),
                            ("spam_reported_at", None),
                        ),
                        fields=["sent_at"],
                        name="enquiry_open",
                    ),
                    models.Index(fields=["email"], name="enquiry_email"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("message", ""), _negated=True),
                        ),
                        name="enquiry_says_who_and_what",
                    ),
                    models.UniqueConstraint(
                        fields=("batch", "listing"), name="enquiry_once_a_member_and_batch"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="directory.enquiry",
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        choices=[("member", "The case manager"), ("purchaser", "The purchaser")],
                        max_length=10,
                    ),
                ),
                ("message", models.TextField(max_length=3000)),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ("sent_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True),
                        name="reply_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("author__in", ("member", "purchaser"))),
                        name="reply_is_of_either_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("counts", models.JSONField(default=dict)),
                ("counted_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.CreateModel(
            name="Unmet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("area", models.CharField(blank=True, max_length=40)),
                ("expertise", models.CharField(blank=True, max_length=90)),
                ("times", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "unmet demand",
                "verbose_name_plural": "unmet demand",
                "ordering": ("-month", "-times", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "area", "expertise"), name="unmet_once_a_month_and_filter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="unmet_months_by_first_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="directory.listing",
                    ),
                ),
                ("month", models.DateField()),
                ("times", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "seen",
                "constraints": [
                    models.UniqueConstraint(fields=("listing", "month"), name="seen_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="seen_months_by_first_day"
                    ),
                ],
            },
        ),
    ]
