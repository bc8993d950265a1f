"""Every table of the room, as it stood before the first release."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("payments", "0001_initial"),
        ("payments", "0002_papers"),
        ("payments", "0003_refunds_and_disputes"),
        ("payments", "0004_every_kind_of_entry"),
        ("payments", "0005_bank_statements"),
        ("payments", "0006_treasurer"),
        ("payments", "0007_paypal_account"),
        ("payments", "0008_old_payouts"),
        ("payments", "0009_refunds_by_terms"),
        ("payments", "0010_long_statements"),
        ("payments", "0011_money_from_before"),
    ]

    dependencies = [
        ("membership", "0001_tables"),
        ("membership", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="membership.person",
                    ),
                ),
                ("payment_reference", models.CharField(max_length=10, unique=True)),
            ],
            options={
                "ordering": ("payment_reference",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("payment_reference__regex", "^CMS[0-9]{7}$")),
                        name="payment_references_have_their_form",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="payments.account",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joining", "Joining"),
                            ("renewal", "Renewal"),
                            ("upgrade", "Change of type"),
                            ("before", "Paid before the portal"),
                            ("event", "Event"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "fee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="membership.feedue",
                    ),
                ),
                ("text", models.CharField(max_length=120, verbose_name="for")),
                ("payer_name", models.CharField(blank=True, max_length=170)),
                ("payer_address", models.TextField(blank=True)),
                (
                    "vat_treatment",
                    models.CharField(
                        choices=[
                            ("not_registered", "Not registered for VAT"),
                            ("exempt", "Exempt from VAT"),
                            ("standard", "VAT is charged"),
                        ],
                        default="not_registered",
                        max_length=16,
                    ),
                ),
                (
                    "vat_number",
                    models.CharField(blank=True, max_length=20, verbose_name="VAT number"),
                ),
                ("total_pence", models.PositiveIntegerField()),
                ("paid_pence", models.IntegerField(default=0)),
                (
                    "credited_pence",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="What is not asked for any more since it was refunded, in pence.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "To be paid"),
                            ("part_paid", "Paid in part"),
                            ("paid", "Paid"),
                            ("void", "Withdrawn"),
                            ("credited", "Refunded and credited"),
                        ],
                        default="issued",
                        max_length=10,
                    ),
                ),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                ("paid_on", models.DateField(blank=True, null=True)),
                (
                    "transfer_sent_on",
                    models.DateField(
                        blank=True,
                        help_text="When the payer said that a bank transfer was made.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("-issued_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("fee",),
                        name="one_invoice_a_fee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^CMSB?-[0-9]{4}-[0-9]{4,}$")),
                        name="invoice_numbers_have_their_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("paid_pence__lte", 0),
                                ("state", "issued"),
                                ("total_pence__gt", models.F("credited_pence")),
                            ),
                            models.Q(
                                ("paid_pence__gt", 0),
                                (
                                    "paid_pence__lt",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("total_pence"), "-", models.F("credited_pence")
                                    ),
                                ),
                                ("state", "part_paid"),
                            ),
                            models.Q(
                                (
                                    "paid_pence__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("total_pence"), "-", models.F("credited_pence")
                                    ),
                                ),
                                ("state", "paid"),
                            ),
                            models.Q(
                                ("credited_pence", models.F("total_pence")),
                                ("state", "credited"),
                                ("total_pence__gt", 0),
                            ),
                            ("state", "void"),
                            _connector="OR",
                        ),
                        name="invoice_state_follows_the_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_treatment", "standard"), ("vat_number", ""), _connector="XOR"
                        ),
                        name="vat_numbers_stand_where_vat_is_charged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credited_pence__lte", models.F("total_pence"))),
                        name="no_more_is_credited_than_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_on__isnull", False), ("state", "paid")),
                            models.Q(models.Q(("state", "paid"), _negated=True), ("paid_on", None)),
                            _connector="OR",
                        ),
                        name="paid_invoices_have_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dealt_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dealt_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dealt_note", models.TextField(blank=True, verbose_name="what was done")),
                ("ref", models.CharField(max_length=20, unique=True)),
                ("token", models.CharField(max_length=43, unique=True)),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="payments.invoice",
                    ),
                ),
                ("amount_pence", models.PositiveIntegerField()),
                ("env", models.CharField(max_length=10)),
                ("captured_pence", models.PositiveIntegerField(default=0)),
                (
                    "refunded_pence",
                    models.PositiveIntegerField(
                        default=0, help_text="Refunds that were made or asked for, in pence."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("created", "Being prepared"),
                            ("waiting", "Waiting for the payer at PayPal"),
                            ("capturing", "Being confirmed with PayPal"),
                            ("pending", "Held by PayPal for review"),
                            ("captured", "Paid"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Ran out"),
                            ("declined", "Refused"),
                            ("mismatch", "Stopped: does not agree with the invoice"),
                            ("part_refunded", "Paid, refunded in part"),
                            ("refunded", "Refunded"),
                            ("reversed", "Taken back through PayPal"),
                        ],
                        default="created",
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=64)),
                ("order_id", models.CharField(blank=True, max_length=40)),
                ("approval_url", models.CharField(blank=True, max_length=500)),
                ("create_request_id", models.CharField(max_length=60, unique=True)),
                ("capture_request_id", models.CharField(blank=True, max_length=60)),
                ("try_no", models.PositiveSmallIntegerField(default=1)),
                ("capture_id", models.CharField(blank=True, max_length=40)),
                ("fee_pence", models.PositiveIntegerField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=120)),
                ("checks", models.PositiveSmallIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("next_check_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "PayPal attempt",
                "ordering": ("-started_at", "-pk"),
                "permissions": [("sync_attempt", "Can ask PayPal how an attempt stands")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_check_at__isnull", False)),
                        fields=["next_check_at"],
                        name="attempt_to_check",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("created", "waiting", "capturing", "pending"))
                        ),
                        fields=("invoice",),
                        name="one_open_attempt_an_invoice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("order_id", ""), _negated=True),
                        fields=("env", "order_id"),
                        name="an_order_counts_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("capture_id", ""), _negated=True),
                        fields=("env", "capture_id"),
                        name="a_capture_counts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gt", 0)),
                        name="attempts_are_for_some_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        "waiting",
                                        "capturing",
                                        "pending",
                                        "captured",
                                        "part_refunded",
                                        "refunded",
                                        "reversed",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                models.Q(("order_id", ""), _negated=True),
                                models.Q(("approval_url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attempts_at_paypal_have_an_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "capturing"), _negated=True),
                            models.Q(("capture_request_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="captures_have_a_request_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        "pending",
                                        "captured",
                                        "part_refunded",
                                        "refunded",
                                        "reversed",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(("capture_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="captured_attempts_have_a_capture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("captured_pence__gt", 0),
                                (
                                    "state__in",
                                    ("captured", "part_refunded", "refunded", "reversed"),
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ("captured", "part_refunded", "refunded", "reversed"),
                                    ),
                                    _negated=True,
                                ),
                                ("captured_pence", 0),
                            ),
                            _connector="OR",
                        ),
                        name="only_captured_attempts_brought_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refunded_pence__lte", models.F("captured_pence"))),
                        name="refunds_fit_into_their_capture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dealt_at", None), ("dealt_by", None), ("dealt_note", "")),
                            models.Q(
                                ("dealt_at__isnull", False),
                                ("dealt_by__isnull", False),
                                models.Q(("dealt_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attempts_are_dealt_with_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("next_check_at__isnull", False),
                                ("state__in", ("created", "waiting", "capturing", "pending")),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "state__in",
                                    (
                                        "captured",
                                        "part_refunded",
                                        "refunded",
                                        "reversed",
                                        "cancelled",
                                        "expired",
                                        "declined",
                                        "mismatch",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="open_attempts_are_checked_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=80, unique=True)),
                ("event_type", models.CharField(max_length=80)),
                ("raw", models.TextField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Waiting"),
                            ("done", "Done"),
                            ("ignored", "Nothing of ours"),
                            ("failed", "To be tried again"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "verbose_name": "message from PayPal",
                "verbose_name_plural": "messages from PayPal",
                "ordering": ("-received_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("event_id", ""), _negated=True),
                        name="events_have_an_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("processed_at", None), ("state__in", ("received", "failed"))),
                            models.Q(
                                ("processed_at__isnull", False), ("state__in", ("done", "ignored"))
                            ),
                            _connector="OR",
                        ),
                        name="finished_events_have_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "takes_fees",
                    models.BooleanField(
                        default=True,
                        help_text="Nobody lapses while the newest line of such an account is too old.",
                        verbose_name="members pay into it",
                    ),
                ),
                (
                    "own_words",
                    models.TextField(
                        blank=True,
                        help_text="One a line, for example CMSUK RESERVE. Such lines are no payments.",
                        verbose_name="words of transfers between our own accounts",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="bank_accounts_are_named_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="bank_accounts_have_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="column_sets",
                        to="payments.bankaccount",
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                ("roles", models.JSONField()),
                ("told_at", models.DateTimeField()),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "explained layout",
                "ordering": ("-told_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bank_account", "signature"), name="a_layout_is_explained_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="payments.bankaccount",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("layout", models.CharField(max_length=60)),
                ("lines_count", models.PositiveIntegerField(default=0, verbose_name="lines")),
                ("new_count", models.PositiveIntegerField(default=0, verbose_name="new lines")),
                ("credits_pence", models.BigIntegerField(default=0)),
                ("debits_pence", models.BigIntegerField(default=0)),
                ("first_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("imported_at", models.DateTimeField()),
                (
                    "imported_by",
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
                "verbose_name": "bank statement",
                "ordering": ("-imported_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bank_account", "sha256"), name="a_bank_file_is_taken_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="payments.bankaccount",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lines", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("look", models.JSONField(default=dict)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="payments.bankfile",
                    ),
                ),
                ("stopped", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-sent_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None), ("looked_at__isnull", False), _connector="OR"
                        ),
                        name="a_long_statement_is_looked_at_before_it_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file", None), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="a_long_statement_is_taken_once_it_is_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bank_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.bankaccount",
                    ),
                ),
                (
                    "bank_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.bankfile",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="line of the file")),
                ("identity", models.CharField(max_length=32)),
                ("on", models.DateField(verbose_name="day")),
                ("pence", models.IntegerField()),
                ("payer", models.CharField(blank=True, max_length=140)),
                ("payer_key", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField(blank=True, verbose_name="what the bank wrote")),
                ("balance_pence", models.BigIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not looked at yet"),
                            ("auto", "Will be booked by itself"),
                            ("suggested", "Suggestion"),
                            ("unmatched", "No suggestion"),
                            ("posted", "Booked"),
                            ("split", "Booked for several"),
                            ("ignored", "No payment"),
                            ("transfer", "Own transfer"),
                            ("payout", "PayPal's pay-out"),
                            ("reversed", "Taken back, to be matched again"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("points", models.PositiveSmallIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_lines",
                        to="payments.account",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_lines",
                        to="payments.invoice",
                    ),
                ),
                (
                    "others",
                    models.JSONField(blank=True, default=list, verbose_name="others who fit"),
                ),
                (
                    "mirrors",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mirrored_by",
                        to="payments.bankline",
                    ),
                ),
                ("posted_pence", models.IntegerField(default=0)),
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
                "ordering": ("-on", "-pk"),
                "permissions": [("match_bankline", "Can match payments to members")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("suggested", "unmatched", "reversed"))),
                        fields=["-points", "on"],
                        name="line_to_match",
                    ),
                    models.Index(
                        condition=models.Q(("state", "posted")),
                        fields=["payer_key"],
                        name="payer_seen_before",
                    ),
                    models.Index(fields=["bank_account", "-on"], name="newest_line"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bank_account", "identity"), name="a_bank_line_is_kept_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("pence__gte", 0),
                                ("posted_pence__gte", 0),
                                ("posted_pence__lte", models.F("pence")),
                            ),
                            models.Q(
                                ("pence__lt", 0),
                                ("posted_pence__gte", models.F("pence")),
                                ("posted_pence__lte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="a_line_is_booked_up_to_its_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("posted_pence", models.F("pence")),
                                ("state__in", ("posted", "split")),
                                models.Q(("pence", 0), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("posted", "split")), _negated=True),
                                ("posted_pence", 0),
                            ),
                            _connector="OR",
                        ),
                        name="booked_lines_are_booked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("auto", "suggested")), _negated=True),
                            ("account__isnull", False),
                            ("mirrors__isnull", False),
                            _connector="OR",
                        ),
                        name="suggestions_name_a_payer_or_a_payment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "auto"), _negated=True),
                            ("invoice__isnull", False),
                            _connector="OR",
                        ),
                        name="lines_that_book_themselves_name_an_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("ignored", "transfer", "payout")), _negated=True
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lines_left_alone_have_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.invoice",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=400)),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("unit_pence", models.PositiveIntegerField()),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In hundredths of a percent: 2000 is 20%.", null=True
                    ),
                ),
                ("vat_pence", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("invoice", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invoice", "position"), name="one_line_a_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="lines_are_of_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__isnull", False), ("vat_pence", 0), _connector="OR"
                        ),
                        name="no_vat_without_a_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "vat_pence__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("unit_pence"), "*", models.F("quantity")
                                ),
                            )
                        ),
                        name="vat_is_within_its_line",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.attempt",
                    ),
                ),
                ("ref", models.CharField(max_length=20, unique=True)),
                ("request_id", models.CharField(blank=True, max_length=60)),
                ("amount_pence", models.PositiveIntegerField()),
                ("paypal_id", models.CharField(blank=True, max_length=40)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("office", "By the office"),
                            ("terms", "By the terms of what was paid for"),
                            ("paypal", "In PayPal's own pages"),
                            ("reversal", "Taken back by PayPal or the payer's bank"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Asked for, not confirmed yet"),
                            ("pending", "On its way at PayPal"),
                            ("completed", "Refunded"),
                            ("failed", "Not refunded"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=64)),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("keep", "The membership stays as it is"),
                            ("end", "The membership ends"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why")),
                ("requested_at", models.DateTimeField()),
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
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=120)),
                ("checks", models.PositiveSmallIntegerField(default=0)),
                ("next_check_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-requested_at", "-pk"),
                "permissions": [("refund", "Can refund a payment, or say what a refund means")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_check_at__isnull", False)),
                        fields=["next_check_at"],
                        name="refund_to_check",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("request_id", ""), _negated=True),
                        fields=("request_id",),
                        name="a_refund_is_asked_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("paypal_id", ""), _negated=True),
                        fields=("paypal_id",),
                        name="a_refund_counts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_pence__gt", 0)),
                        name="refunds_are_of_some_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin__in", ("office", "terms")), _negated=True),
                            models.Q(
                                models.Q(("request_id", ""), _negated=True),
                                models.Q(("effect", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="our_refunds_have_a_request_id_and_an_effect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("requested", "failed")),
                            models.Q(("paypal_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refunds_under_way_have_paypals_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at", None),
                                ("next_check_at__isnull", False),
                                ("state__in", ("requested", "pending")),
                            ),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("next_check_at", None),
                                ("state__in", ("completed", "failed")),
                            ),
                            _connector="OR",
                        ),
                        name="open_refunds_are_checked_again",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("effect", "")),
                            models.Q(
                                models.Q(("effect", ""), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(
                                    ("decided_by__isnull", False),
                                    ("origin", "terms"),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="effects_of_refunds_have_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.account",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("charge", "Charge"),
                            ("payment", "Payment"),
                            ("credit_note", "Charge withdrawn"),
                            ("reversal", "Reversal"),
                            ("transfer", "Credit moved"),
                            ("write_off", "Written off"),
                            ("refund", "Refund"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paypal", "PayPal"),
                            ("bank", "Bank transfer"),
                            ("before", "Before the portal"),
                            ("", "No money moved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("pence", models.IntegerField()),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.invoice",
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.attempt",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.refund",
                    ),
                ),
                (
                    "bank_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.bankline",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="payments.entry",
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("posted_at", models.DateTimeField()),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("source_key", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "verbose_name_plural": "ledger entries",
                "ordering": ("-posted_at", "-pk"),
                "permissions": [
                    ("record_payment", "Can record a payment by bank transfer"),
                    ("write_off", "Can write off the rest of an invoice, giving a reason"),
                    ("export_ledger", "Can see the trial balance and download the journal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("invoice__isnull", False),
                                ("kind", "charge"),
                                ("method", ""),
                                ("pence__lt", 0),
                            ),
                            models.Q(
                                ("kind", "payment"),
                                ("method__in", ("paypal", "bank", "before")),
                                ("pence__gt", 0),
                            ),
                            models.Q(
                                ("invoice__isnull", False),
                                ("kind", "credit_note"),
                                ("method", ""),
                                ("pence__gt", 0),
                            ),
                            models.Q(
                                ("kind", "refund"),
                                ("method__in", ("paypal", "bank")),
                                ("pence__lt", 0),
                            ),
                            models.Q(("kind", "reversal"), models.Q(("pence", 0), _negated=True)),
                            models.Q(
                                ("kind", "transfer"),
                                ("method", ""),
                                models.Q(("pence", 0), _negated=True),
                            ),
                            models.Q(
                                ("invoice__isnull", False),
                                ("kind", "write_off"),
                                ("method", ""),
                                ("pence__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="entries_have_the_sign_of_their_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                            models.Q(
                                models.Q(("kind", "reversal"), _negated=True), ("reverses", None)
                            ),
                            _connector="OR",
                        ),
                        name="reversals_name_what_they_reverse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        name="entries_name_their_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "write_off"), _negated=True),
                            models.Q(
                                ("posted_by__isnull", False), models.Q(("note", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="write_offs_have_a_name_and_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "payment"), ("method", "before"), _negated=True),
                            models.Q(
                                ("invoice__isnull", False),
                                ("posted_by__isnull", False),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="money_from_before_has_a_name_and_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="payments.entry",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="payments.account",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="payments.invoice",
                    ),
                ),
                ("payer_name", models.CharField(blank=True, max_length=170)),
                ("payer_address", models.TextField(blank=True)),
                ("member_number", models.CharField(blank=True, max_length=12)),
                ("text", models.CharField(max_length=120, verbose_name="for")),
                ("issued_on", models.DateField()),
                ("pence", models.PositiveIntegerField()),
                (
                    "type",
                    models.CharField(blank=True, max_length=40, verbose_name="membership type"),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("paid_on", models.DateField()),
                ("method", models.CharField(max_length=40)),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="PayPal or bank reference"
                    ),
                ),
                (
                    "rest_pence",
                    models.PositiveIntegerField(help_text="What was still to be paid after it."),
                ),
            ],
            options={
                "ordering": ("-issued_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^CMSR-[0-9]{4}-[0-9]{4,}$")),
                        name="receipt_numbers_have_their_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="receipts_are_for_some_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="payments.entry",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="payments.account",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="payments.invoice",
                    ),
                ),
                ("payer_name", models.CharField(blank=True, max_length=170)),
                ("payer_address", models.TextField(blank=True)),
                ("member_number", models.CharField(blank=True, max_length=12)),
                ("text", models.CharField(max_length=120, verbose_name="for")),
                ("issued_on", models.DateField()),
                ("pence", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("vat_pence", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("-issued_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^CMSC-[0-9]{4}-[0-9]{4,}$")),
                        name="credit_note_numbers_have_their_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="credit_notes_are_for_some_money"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="credit_notes_have_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vat_pence__lte", models.F("pence"))),
                        name="vat_is_within_its_credit_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dealt_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dealt_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dealt_note", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="payments.attempt",
                    ),
                ),
                (
                    "paypal_id",
                    models.CharField(max_length=40, unique=True, verbose_name="PayPal's case"),
                ),
                ("status", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=64)),
                ("outcome", models.CharField(blank=True, max_length=64)),
                ("amount_pence", models.PositiveIntegerField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="answer by")),
                (
                    "updated_text",
                    models.CharField(
                        blank=True,
                        help_text="As PayPal writes it.",
                        max_length=40,
                        verbose_name="last changed at PayPal",
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-seen_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paypal_id", ""), _negated=True),
                        name="disputes_have_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dealt_at", None), ("dealt_by", None), ("dealt_note", "")),
                            models.Q(
                                ("dealt_at__isnull", False),
                                ("dealt_by__isnull", False),
                                models.Q(("dealt_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disputes_are_dealt_with_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaypalEntry",
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
                            ("paypal_fee", "PayPal's charge"),
                            ("payout", "Pay-out to the bank"),
                        ],
                        max_length=10,
                    ),
                ),
                ("pence", models.IntegerField()),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paypal_entries",
                        to="payments.attempt",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paypal_entries",
                        to="payments.refund",
                    ),
                ),
                (
                    "bank_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paypal_entries",
                        to="payments.bankline",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="payments.paypalentry",
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("posted_at", models.DateTimeField()),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("source_key", models.CharField(max_length=120, unique=True)),
            ],
            options={
                "verbose_name": "line of our PayPal account",
                "verbose_name_plural": "PayPal's charges and pay-outs",
                "ordering": ("-posted_at", "-pk"),
                "permissions": [("book_charge", "Can book a charge of PayPal's by hand")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pence", 0), _negated=True),
                        name="paypal_lines_are_of_some_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        name="paypal_lines_name_their_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("attempt", None),
                                ("bank_line__isnull", False),
                                ("kind", "payout"),
                                ("refund", None),
                            ),
                            models.Q(
                                ("bank_line", None),
                                ("kind", "paypal_fee"),
                                models.Q(
                                    ("refund", None),
                                    models.Q(("attempt", None), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="payouts_have_a_bank_line_and_charges_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attempt", None), ("kind", "paypal_fee"), _negated=True),
                            models.Q(
                                ("posted_by__isnull", False), models.Q(("note", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="charges_by_hand_have_a_name_and_a_reason",
                    ),
                ],
            },
        ),
    ]
