"""Every table of the room, as it stood before the first release."""

import django.db.models.deletion
import phonenumber_field.modelfields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("website", "0001_initial"),
        ("website", "0003_complaints"),
        ("website", "0004_mergers"),
        ("website", "0005_data_requests"),
        ("website", "0006_pages"),
        ("website", "0008_questions_in_markdown"),
        ("website", "0009_calls_are_due_and_messages"),
        ("website", "0010_downloads"),
    ]

    dependencies = [
        ("membership", "0001_tables"),
        ("membership", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallbackRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        max_length=128, region=None, verbose_name="telephone"
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "best_time",
                    models.CharField(
                        choices=[
                            ("any", "Any time in office hours"),
                            ("morning", "In the morning, 9 to 12"),
                            ("afternoon", "In the afternoon, 12 to 5"),
                            ("evening", "In the early evening, 5 to 7"),
                        ],
                        default="any",
                        max_length=12,
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("membership", "Joining, or my membership"),
                            ("payment", "A payment"),
                            ("finding", "Finding a case manager"),
                            ("records", "Keeping client records"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("message", models.TextField(blank=True, max_length=2000)),
                ("sent_once", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("no_answer", "No answer yet"),
                            ("called", "Called"),
                            ("closed", "Closed"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="calls without an answer"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="to be called by")),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("asked_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("asked_at"))),
                        name="a_call_is_due_after_it_is_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_at", None), ("changed_by", None), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("changed_at__isnull", False),
                                ("changed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_call_has_its_caller",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_call_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "no_answer"), _negated=True),
                            ("tries__gte", 1),
                            _connector="OR",
                        ),
                        name="no_answer_took_a_try",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=16, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("data", "How my personal data was used"),
                            ("access", "I asked for my data, or to put it right"),
                            ("decision", "A decision on an application"),
                            ("case_manager", "A case manager"),
                            ("site", "This site, or the office"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "for_whom",
                    models.CharField(blank=True, max_length=120, verbose_name="on behalf of"),
                ),
                ("what", models.TextField(max_length=4000, verbose_name="what happened")),
                (
                    "wish",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what would put it right"
                    ),
                ),
                ("sent_once", models.CharField(editable=False, max_length=64, unique=True)),
                ("received_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("outcome", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "pk"),
                "permissions": [("answer_complaint", "Can note progress and answer complaints")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("outcome", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_complaint_has_its_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                        ),
                        name="a_complaint_says_who_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("received_at__date"))),
                        name="a_complaint_is_due_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=16, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "To see what others wrote of them"),
                            ("correct", "To have something put right"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to="membership.person",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=170)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "words",
                    models.TextField(blank=True, max_length=4000, verbose_name="what they ask for"),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("extended_at", models.DateTimeField(blank=True, null=True)),
                ("extended_because", models.TextField(blank=True)),
                (
                    "paused_on",
                    models.DateField(blank=True, null=True, verbose_name="the clock stands since"),
                ),
                (
                    "paused_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="days on which the clock stood"
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request about data",
                "verbose_name_plural": "requests about data",
                "ordering": ("due_on", "pk"),
                "permissions": [
                    ("answer_datarequest", "Can decide on requests about personal data")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("access", "correct")),
                            models.Q(("email", ""), _negated=True),
                        ),
                        name="a_data_request_says_who_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("asked_at__date"))),
                        name="a_data_request_is_due_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("extended_at", None), ("extended_because", "")),
                            models.Q(
                                ("extended_at__isnull", False),
                                models.Q(("extended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_data_request_is_extended_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("paused_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_data_request_is_closed_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None), ("kind", "access")),
                        fields=("email", "kind"),
                        name="one_open_request_to_see_an_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="website.datarequest",
                    ),
                ),
                ("model", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=120)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whole", "Given whole"),
                            ("redacted", "Given in part"),
                            ("withheld", "Withheld"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, verbose_name="what is given of it, or why not"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "words of another person",
                "verbose_name_plural": "words of other people",
                "ordering": ("pk",),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "model", "key"), name="a_data_item_once_a_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("verdict", ""),
                                ("words", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("verdict__in", ("whole", "redacted", "withheld")),
                            ),
                            _connector="OR",
                        ),
                        name="a_data_item_is_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("notice", "Notice")],
                        default="page",
                        max_length=8,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of its address. It stays as it is made.",
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Lower comes first. Notices stand by their date."
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True, help_text="Who keeps this page right, by role.", max_length=80
                    ),
                ),
                ("first_published_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ("kind", "position", "pk"),
                "permissions": [("publish_page", "Can publish pages and take them down")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="page_has_an_address"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PageVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="website.page",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("restored_from", models.PositiveIntegerField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_published", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
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
                "ordering": ("page", "-number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "number"), name="one_version_of_a_page_has_a_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_published", True)),
                        fields=("page",),
                        name="one_version_of_a_page_is_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="page_version_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="published_page_version_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by", None), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="page_version_is_published_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("restored_from", None),
                            ("restored_from__lt", models.F("number")),
                            _connector="OR",
                        ),
                        name="page_version_comes_after_what_it_restores",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Download",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of its address. It stays as it is made.",
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One sentence on what is in it, and for whom.",
                        max_length=300,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        help_text="The page that lists it.",
                        limit_choices_to={"kind": "page"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="downloads",
                        to="website.page",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                ("is_out", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "ordering": ("page", "position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("slug", ""), _negated=True),
                        ),
                        name="download_has_title_and_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DownloadFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "download",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="website.download",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="name that it came with")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                        ],
                        max_length=20,
                        verbose_name="media type",
                    ),
                ),
                ("bytes", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                "ordering": ("download", "-number"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("download", "number"), name="one_version_of_a_download_has_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="download_shows_pages_or_a_picture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bytes__gt", 0)), name="download_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFaqGroup",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField()),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                (
                    "is_archived",
                    models.BooleanField(
                        default=False,
                        help_text="Shown on a page of its own for what is no longer current.",
                        verbose_name="archived",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical group of questions",
                "verbose_name_plural": "historical groups of questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FaqGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(unique=True)),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                (
                    "is_archived",
                    models.BooleanField(
                        default=False,
                        help_text="Shown on a page of its own for what is no longer current.",
                        verbose_name="archived",
                    ),
                ),
            ],
            options={
                "verbose_name": "group of questions",
                "verbose_name_plural": "groups of questions",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="faq_group_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(help_text="The end of the address that links to it.")),
                ("question", models.CharField(max_length=200)),
                (
                    "answer",
                    models.TextField(
                        help_text="Markdown, with figures in {braces} as on pages. A list’s lines begin with “- ”."
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="Where to read on, such as /membership/benefits/.",
                        max_length=200,
                    ),
                ),
                (
                    "link_words",
                    models.CharField(blank=True, max_length=80, verbose_name="words of the link"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True, help_text="Who keeps this answer right, by role.", max_length=80
                    ),
                ),
                (
                    "last_reviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="last reviewed"),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="website.faqgroup",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="website.faqgroup",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of the address that links to it.", unique=True
                    ),
                ),
                ("question", models.CharField(max_length=200)),
                (
                    "answer",
                    models.TextField(
                        help_text="Markdown, with figures in {braces} as on pages. A list’s lines begin with “- ”."
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="Where to read on, such as /membership/benefits/.",
                        max_length=200,
                    ),
                ),
                (
                    "link_words",
                    models.CharField(blank=True, max_length=80, verbose_name="words of the link"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True, help_text="Who keeps this answer right, by role.", max_length=80
                    ),
                ),
                (
                    "last_reviewed_on",
                    models.DateField(blank=True, null=True, verbose_name="last reviewed"),
                ),
            ],
            options={
                "ordering": ("group", "position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("question", ""), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                        ),
                        name="question_has_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", ""), ("link_words", "")),
                            models.Q(
                                models.Q(("link", ""), _negated=True),
                                models.Q(("link_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="question_link_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.person",
                    ),
                ),
                ("merged_at", models.DateTimeField()),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.TextField()),
                ("address_before", models.EmailField(max_length=254)),
                ("moved", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undo_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("-merged_at", "-pk"),
                "permissions": [
                    ("merge_people", "Can merge two accounts of one person, and undo it")
                ],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("gone",),
                        name="merged_into_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("gone")), _negated=True),
                        name="two_accounts_are_merged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="mergers_have_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undo_reason", ""), ("undone_at", None), ("undone_by", None)),
                            models.Q(
                                ("undone_at__isnull", False),
                                ("undone_by__isnull", False),
                                models.Q(("undo_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="undone_mergers_have_a_name_and_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("membership", "Joining, or my membership"),
                            ("payment", "A payment"),
                            ("finding", "Finding a case manager"),
                            ("records", "Keeping client records"),
                            ("events", "Events, committees or the magazine"),
                            ("site", "This site"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(max_length=4000, verbose_name="message")),
                ("sent_once", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "To be answered"),
                            ("answered", "Answered"),
                            ("closed", "Closed without a letter"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("due_on", models.DateField(verbose_name="to be answered by")),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "pk"),
                "permissions": [("answer_message", "Can answer and close messages")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_message_is_closed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "answered"), models.Q(("answer", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True), ("answer", "")
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_message_has_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                        ),
                        name="a_message_says_who_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("sent_at__date"))),
                        name="a_message_is_due_later",
                    ),
                ],
            },
        ),
    ]
