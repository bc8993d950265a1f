"""Every table of the room, as it stood before the first release."""

import benefits.models.bookings
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("benefits", "0001_events"),
        ("benefits", "0002_news_and_magazine"),
        ("benefits", "0004_told_difference"),
        ("benefits", "0005_committees"),
    ]

    dependencies = [
        ("foundation", "0001_tables"),
        ("membership", "0001_tables"),
        ("membership", "__first__"),
        ("payments", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "wording",
                    models.CharField(
                        help_text="Begins with “I agree”. Whoever agrees, agrees to these words: a change of them holds for those who agree from now on.",
                        max_length=300,
                        verbose_name="what people agree to",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                (
                    "is_offered",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise nobody new can agree to it.",
                        verbose_name="offered to members",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic of news",
                "verbose_name_plural": "topics of news",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("wording", ""), _negated=True),
                        ),
                        name="topic_has_a_name_and_a_wording",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NewsConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news_consents",
                        to="membership.person",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="benefits.topic",
                    ),
                ),
                ("wording", models.CharField(max_length=300)),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-given_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["topic", "person"],
                        name="news_consent_holds",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "topic"),
                        name="one_consent_to_a_topic_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wording", ""), _negated=True),
                        name="news_consent_has_its_wording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="news_consent_ends_after_it_was_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("planned", "Waits for its time"),
                            ("sending", "Being sent"),
                            ("stopped", "Stopped"),
                            ("sent", "Sent"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("subject", models.CharField(max_length=120)),
                ("text", models.TextField()),
                (
                    "types",
                    models.JSONField(blank=True, default=list, verbose_name="membership types"),
                ),
                ("written_at", models.DateTimeField(editable=False)),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("send_at", models.DateTimeField(editable=False, null=True)),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("finished_at", models.DateTimeField(editable=False, null=True)),
                (
                    "topics",
                    models.ManyToManyField(related_name="announcements", to="benefits.topic"),
                ),
            ],
            options={
                "ordering": ("-written_at", "-pk"),
                "permissions": [("send_announcement", "Can send announcements and stop them")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="announcement_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("send_at", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("send_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_has_its_time_once_it_is_no_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_at", None), ("state__in", ["draft", "planned"])),
                            models.Q(
                                models.Q(("state__in", ["draft", "planned"]), _negated=True),
                                ("started_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_is_started_once_it_is_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True), ("finished_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="announcement_is_finished_when_it_is_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementLot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lots",
                        to="benefits.announcement",
                    ),
                ),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["announcement", "first_id"],
                        name="announcement_lot_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_id__gte", models.F("first_id"))),
                        name="announcement_lot_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="benefits.announcement",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="membership.person",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits"),
                            ("written", "Written"),
                            ("left_out", "Left out"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unsubscribed", "Took the consent back"),
                            ("no_member", "No active member any more"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announced_to",
                        to="foundation.letter",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When they took their consent back by this letter.",
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "state"], name="recipient_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("announcement", "person"), name="announcement_goes_to_nobody_twice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("letter__isnull", False), ("reason", ""), ("state", "written")
                            ),
                            models.Q(("letter", None), ("reason", ""), ("state", "waiting")),
                            models.Q(
                                ("state", "left_out"), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="recipient_has_a_letter_or_waits_or_is_left_out",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recipient_is_settled_unless_they_wait",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("study_day", "Study day"),
                            ("webinar", "Webinar"),
                            ("conference", "Conference and AGM"),
                            ("awards", "Awards lunch"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("slug", models.SlugField(help_text="The end of its address.", max_length=80)),
                (
                    "summary",
                    models.CharField(help_text="One or two sentences, for lists.", max_length=300),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown: ## for a heading, **bold**, - for a list."
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Where people go. Leave it empty for a webinar.",
                        max_length=200,
                    ),
                ),
                (
                    "online_link",
                    models.CharField(
                        blank=True,
                        help_text="Shown and sent only to those whose place is paid.",
                        max_length=300,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Enter a whole https:// address.", schemes=["https"]
                            )
                        ],
                    ),
                ),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many people there is room for; empty: no limit.",
                        null=True,
                    ),
                ),
                ("member_pence", models.PositiveIntegerField(verbose_name="price for members")),
                (
                    "other_pence",
                    models.PositiveIntegerField(verbose_name="price for everybody else"),
                ),
                (
                    "booking_opens_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: as soon as it is published.",
                        null=True,
                        verbose_name="booking opens",
                    ),
                ),
                (
                    "booking_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when it starts.",
                        null=True,
                        verbose_name="booking closes",
                    ),
                ),
                (
                    "cpd_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="90 is one hour and a half. Printed on certificates.",
                        verbose_name="CPD in minutes",
                    ),
                ),
                (
                    "full_refund_days",
                    models.PositiveSmallIntegerField(
                        default=28, verbose_name="days before it, up to which all is refunded"
                    ),
                ),
                (
                    "half_refund_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days before it, up to which half is refunded"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                ("cancel_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "judged_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When prices were looked at again, after it.",
                        null=True,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "historical event",
                "verbose_name_plural": "historical events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Event",
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
                        choices=[
                            ("study_day", "Study day"),
                            ("webinar", "Webinar"),
                            ("conference", "Conference and AGM"),
                            ("awards", "Awards lunch"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of its address.", max_length=80, unique=True
                    ),
                ),
                (
                    "summary",
                    models.CharField(help_text="One or two sentences, for lists.", max_length=300),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Markdown: ## for a heading, **bold**, - for a list."
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Where people go. Leave it empty for a webinar.",
                        max_length=200,
                    ),
                ),
                (
                    "online_link",
                    models.CharField(
                        blank=True,
                        help_text="Shown and sent only to those whose place is paid.",
                        max_length=300,
                        validators=[
                            django.core.validators.URLValidator(
                                message="Enter a whole https:// address.", schemes=["https"]
                            )
                        ],
                    ),
                ),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many people there is room for; empty: no limit.",
                        null=True,
                    ),
                ),
                ("member_pence", models.PositiveIntegerField(verbose_name="price for members")),
                (
                    "other_pence",
                    models.PositiveIntegerField(verbose_name="price for everybody else"),
                ),
                (
                    "booking_opens_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: as soon as it is published.",
                        null=True,
                        verbose_name="booking opens",
                    ),
                ),
                (
                    "booking_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when it starts.",
                        null=True,
                        verbose_name="booking closes",
                    ),
                ),
                (
                    "cpd_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="90 is one hour and a half. Printed on certificates.",
                        verbose_name="CPD in minutes",
                    ),
                ),
                (
                    "full_refund_days",
                    models.PositiveSmallIntegerField(
                        default=28, verbose_name="days before it, up to which all is refunded"
                    ),
                ),
                (
                    "half_refund_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days before it, up to which half is refunded"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "judged_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When prices were looked at again, after it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "-pk"),
                "permissions": [
                    ("publish_event", "Can publish an event, and cancel it for everybody"),
                    ("mark_attendance", "Can mark who came to an event"),
                    ("export_attendees", "Can download the list of those who come to an event"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="events_end_after_they_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half_refund_days__lte", models.F("full_refund_days"))),
                        name="half_is_refunded_no_earlier_than_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("member_pence__lte", models.F("other_pence"))),
                        name="members_pay_no_more_than_others",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places", None), ("places__gte", 1), _connector="OR"),
                        name="events_have_room_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("booking_opens_at", None),
                            ("booking_closes_at", None),
                            ("booking_closes_at__gt", models.F("booking_opens_at")),
                            _connector="OR",
                        ),
                        name="booking_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("state", "draft")),
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            models.Q(("published_at__isnull", False), ("state", "cancelled")),
                            _connector="OR",
                        ),
                        name="what_is_out_was_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("cancelled_by__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("cancel_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancel_reason", ""),
                                ("cancelled_at", None),
                                ("cancelled_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="cancelled_events_say_who_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="benefits.event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="membership.person",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "On the waiting list"),
                            ("offered", "A place is offered"),
                            ("booked", "Booked"),
                            ("lapsed", "Not taken in time"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("place_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "price",
                    models.CharField(
                        choices=[("member", "Members’ price"), ("other", "Full price")],
                        max_length=6,
                        verbose_name="which price",
                    ),
                ),
                ("pence", models.PositiveIntegerField(verbose_name="price in pence")),
                ("why", models.CharField(max_length=300, verbose_name="why this price")),
                (
                    "difference_pence",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Between the two prices, as it was told when the place was booked.",
                    ),
                ),
                (
                    "invoice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booking",
                        to="payments.invoice",
                    ),
                ),
                (
                    "difference_invoice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booking_difference",
                        to="payments.invoice",
                    ),
                ),
                ("dietary_needs", models.CharField(blank=True, max_length=200)),
                ("access_needs", models.CharField(blank=True, max_length=300)),
                (
                    "asked_at",
                    models.DateTimeField(verbose_name="booked, or put on the waiting list"),
                ),
                (
                    "held_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until when a place is held that is not paid or taken.",
                        null=True,
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, help_text="When the confirmation was written.", null=True
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "judged_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When its price was looked at again, after the event.",
                        null=True,
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="cancelled, or not taken"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("refund_pence", models.PositiveIntegerField(default=0)),
                ("refund_reason", models.CharField(blank=True, max_length=200)),
                ("attended", models.BooleanField(blank=True, null=True)),
                (
                    "attendance_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="attendance marked"),
                ),
                (
                    "attendance_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "certificate_token",
                    models.CharField(
                        default=benefits.models.bookings.new_token, max_length=43, unique=True
                    ),
                ),
            ],
            options={
                "ordering": ("event", "asked_at", "pk"),
                "permissions": [
                    ("cancel_booking", "Can cancel a booking, and refund more than its terms say")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("offered", "booked"))),
                        fields=["held_until"],
                        name="booking_to_lapse",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("place_number__isnull", False)),
                        fields=("event", "place_number"),
                        name="a_place_is_held_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "offered", "booked"))),
                        fields=("event", "person"),
                        name="one_live_booking_a_person_and_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_until__isnull", False),
                                ("place_number__gte", 1),
                                ("place_number__isnull", False),
                                ("state__in", ("offered", "booked")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("offered", "booked")), _negated=True),
                                ("place_number", None),
                            ),
                            _connector="OR",
                        ),
                        name="places_are_held_by_those_who_have_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invoice__isnull", False), ("state", "booked")),
                            models.Q(("invoice", None), ("state__in", ("waiting", "offered"))),
                            ("state__in", ("lapsed", "cancelled")),
                            _connector="OR",
                        ),
                        name="what_is_booked_has_its_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                ("ended_by", None),
                                ("refund_pence", 0),
                                ("state__in", ("waiting", "offered", "booked")),
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("state__in", ("lapsed", "cancelled"))
                            ),
                            _connector="OR",
                        ),
                        name="ended_bookings_have_their_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("attendance_at", None), ("attendance_by", None), ("attended", None)
                            ),
                            models.Q(
                                ("attendance_at__isnull", False),
                                ("attendance_by__isnull", False),
                                ("attended__isnull", False),
                                ("state", "booked"),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_is_marked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("difference_invoice", None),
                            ("judged_at__isnull", False),
                            _connector="OR",
                        ),
                        name="differences_come_of_a_judgement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommittee",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=80)),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                (
                    "summary",
                    models.CharField(help_text="What it does, in a sentence.", max_length=300),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="More about it. Markdown: ## for a heading, **bold**, - for a list.",
                    ),
                ),
                (
                    "chair",
                    models.CharField(
                        blank=True,
                        help_text="As it is shown. Ask before you name somebody.",
                        max_length=120,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="Members can then say that they would help.",
                        verbose_name="looks for members",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown to everybody")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
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
                "verbose_name": "historical committee",
                "verbose_name_plural": "historical committees",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "summary",
                    models.CharField(help_text="What it does, in a sentence.", max_length=300),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="More about it. Markdown: ## for a heading, **bold**, - for a list.",
                    ),
                ),
                (
                    "chair",
                    models.CharField(
                        blank=True,
                        help_text="As it is shown. Ask before you name somebody.",
                        max_length=120,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="Members can then say that they would help.",
                        verbose_name="looks for members",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown to everybody")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("slug", ""), _negated=True),
                            models.Q(("summary", ""), _negated=True),
                        ),
                        name="committee_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Expression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expressions",
                        to="benefits.committee",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expressions",
                        to="membership.person",
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                ("expressed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for an answer"),
                            ("invited", "Invited"),
                            ("thanked", "Thanked"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
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
                "verbose_name": "expression of interest",
                "verbose_name_plural": "expressions of interest",
                "ordering": ("-expressed_at", "-pk"),
                "permissions": [("answer_expression", "Can answer who would help in a committee")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("committee", "person"),
                        name="one_expression_of_a_person_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="expression_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("closed_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="expression_is_closed_unless_it_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIssue",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(db_index=True)),
                (
                    "title",
                    models.CharField(
                        help_text="For example “Winter 2026: working lives”.", max_length=120
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="From this day everybody sees its teasers, and members read it. Empty: a draft.",
                        null=True,
                        verbose_name="published on",
                    ),
                ),
                (
                    "cover_text",
                    models.TextField(
                        blank=True,
                        help_text="Everybody reads it. Markdown: ## for a heading, **bold**, - for a list.",
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
                "verbose_name": "historical issue",
                "verbose_name_plural": "historical issues",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                (
                    "title",
                    models.CharField(
                        help_text="For example “Winter 2026: working lives”.", max_length=120
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="From this day everybody sees its teasers, and members read it. Empty: a draft.",
                        null=True,
                        verbose_name="published on",
                    ),
                ),
                (
                    "cover_text",
                    models.TextField(
                        blank=True,
                        help_text="Everybody reads it. Markdown: ## for a heading, **bold**, - for a list.",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="issue_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="issues_are_numbered_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalArticle",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                ("title", models.CharField(max_length=150)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of its address.", max_length=80, verbose_name="address"
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        blank=True,
                        help_text="As it is printed. Ask before you name somebody.",
                        max_length=120,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="One or two sentences: everybody reads them.", max_length=400
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Members read it. Markdown: ## for a heading, **bold**, - for a list."
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="benefits.issue",
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
                "verbose_name": "historical article",
                "verbose_name_plural": "historical articles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="benefits.issue",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="Lower comes first."),
                ),
                ("title", models.CharField(max_length=150)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The end of its address.", max_length=80, verbose_name="address"
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        blank=True,
                        help_text="As it is printed. Ask before you name somebody.",
                        max_length=120,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="One or two sentences: everybody reads them.", max_length=400
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Members read it. Markdown: ## for a heading, **bold**, - for a list."
                    ),
                ),
            ],
            options={
                "ordering": ("issue", "position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issue", "slug"), name="one_article_of_an_issue_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("teaser", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("slug", ""), _negated=True),
                        ),
                        name="article_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file",
                        to="benefits.issue",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("bytes", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bytes__gte", 1), models.Q(("name", ""), _negated=True)
                        ),
                        name="issue_file_has_a_name_and_bytes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reads",
                        to="benefits.issue",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="issues_read",
                        to="membership.person",
                    ),
                ),
                ("first_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "issue"), name="an_issue_is_opened_first_once"
                    )
                ],
            },
        ),
    ]
