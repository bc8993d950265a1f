"""Every table of the room, as it stood before the first release."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import foundation.overlap
import membership.models.life
import membership.models.likeness
import phonenumber_field.modelfields
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("membership", "0001_initial"),
        ("membership", "0003_evidence_files"),
        ("membership", "0004_draft_rules"),
        ("membership", "0005_draft_reminded_at"),
        ("membership", "0006_upgrades"),
        ("membership", "0007_money_known"),
        ("membership", "0008_export_register"),
        ("membership", "0009_life_of_a_membership"),
        ("membership", "0010_reckoned_fees"),
        ("membership", "0011_decisions"),
        ("membership", "0012_name_in_the_register"),
        ("membership", "0013_job_a_referee_knows"),
        ("membership", "0014_expertise_held_by_area"),
        ("membership", "0015_finding_the_same_person"),
        ("membership", "0016_reset_second_step"),
        ("membership", "0017_office_lists"),
        ("membership", "0018_when_people_are_known"),
        ("membership", "0019_members_from_before"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Shown beside staff decisions.", max_length=120
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="May sign in to these pages.",
                        verbose_name="works for the office",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "login",
                "permissions": [
                    ("reset_second_step", "Can reset the second step of who lost theirs")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="email_once_whatever_its_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="telephone"
                    ),
                ),
                (
                    "address_line_1",
                    models.CharField(blank=True, max_length=120, verbose_name="address line 1"),
                ),
                (
                    "address_line_2",
                    models.CharField(blank=True, max_length=120, verbose_name="address line 2"),
                ),
                ("town", models.CharField(blank=True, max_length=80, verbose_name="town or city")),
                ("postcode", models.CharField(blank=True, max_length=12)),
                ("country", models.CharField(blank=True, default="United Kingdom", max_length=60)),
                (
                    "work_organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="organisation"),
                ),
                (
                    "work_role",
                    models.CharField(blank=True, max_length=120, verbose_name="job title"),
                ),
                (
                    "work_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="work e-mail address"
                    ),
                ),
                (
                    "work_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="work telephone"
                    ),
                ),
                (
                    "work_postcode",
                    models.CharField(blank=True, max_length=12, verbose_name="work postcode"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="membership.person",
                    ),
                ),
                (
                    "known_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("died_on", models.DateField(blank=True, null=True)),
                ("death_recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "death_recorded_by",
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
                "verbose_name_plural": "people",
                "permissions": [
                    ("record_death", "Can record that a person has died, and take it back")
                ],
                "indexes": [
                    models.Index(fields=["family_name", "given_name", "id"], name="person_name"),
                    models.Index(
                        django.db.models.functions.text.Lower("email"), name="person_email"
                    ),
                    models.Index(
                        django.db.models.functions.text.Lower("work_email"),
                        condition=models.Q(("work_email", ""), _negated=True),
                        name="person_work_email",
                    ),
                    models.Index(
                        membership.models.likeness.Packed("postcode"),
                        django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Trim("family_name")
                        ),
                        django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Trim("given_name")
                        ),
                        name="person_postcode_and_name",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("death_recorded_at", None),
                                ("death_recorded_by", None),
                                ("died_on", None),
                            ),
                            models.Q(
                                ("death_recorded_at__isnull", False),
                                ("death_recorded_by__isnull", False),
                                ("died_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_death_has_its_day_and_who_recorded_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_merged_into_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="qualifications",
                        to="membership.person",
                    ),
                ),
                (
                    "title",
                    models.CharField(max_length=160, verbose_name="name of the qualification"),
                ),
                ("awarding_body", models.CharField(max_length=160, verbose_name="awarded by")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("diploma_4", "Diploma at level 4"),
                            ("diploma_5", "Diploma at level 5 or 6, HND"),
                            ("foundation_degree", "Foundation degree"),
                            ("degree", "Degree"),
                            ("postgraduate", "Master's degree or postgraduate diploma"),
                            ("doctorate", "Doctorate"),
                            ("certificate_4", "Certificate at level 4, HNC"),
                            ("diploma_3", "Diploma at level 3"),
                            ("level_3_other", "Another award at level 3 or below"),
                            ("overseas_equivalent", "An award from outside the UK"),
                            (
                                "pre_diploma_registration",
                                "Professional training from before there were diplomas",
                            ),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("clinical", "Clinical: it led to a health or social care profession"),
                            ("vocational", "Vocational: work, rehabilitation, human services"),
                            ("no", "Another field"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of the award")),
            ],
            options={
                "ordering": ("-year", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1940), ("year__lte", 2100)),
                        name="qualification_year_is_plausible",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="membership.person",
                    ),
                ),
                ("body", models.CharField(max_length=10)),
                ("profession", models.CharField(blank=True, max_length=40)),
                (
                    "number",
                    models.CharField(blank=True, max_length=20, verbose_name="registration number"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked yet"),
                            ("registered", "Registered"),
                            ("conditions", "Registered with conditions"),
                            ("lapsed", "Lapsed"),
                            ("suspended", "Suspended"),
                            ("removed", "Removed from the register"),
                        ],
                        default="unchecked",
                        max_length=12,
                    ),
                ),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="current until"),
                ),
                ("checked_on", models.DateField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shown_name",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="name in the register"
                    ),
                ),
                (
                    "name_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is the same person"
                    ),
                ),
                (
                    "told_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="current until, as the member says"
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(
                        models.F("body"),
                        membership.models.likeness.Packed("number"),
                        name="registration_number",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "body", "number"), name="registration_once_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_by", None), ("checked_on", None), ("status", "unchecked")
                            ),
                            models.Q(
                                models.Q(("status", "unchecked"), _negated=True),
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registration_status_has_its_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at", None), ("told_until", None)),
                            models.Q(("told_at__isnull", False), ("told_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_a_member_tells_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Employment",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="membership.person",
                    ),
                ),
                ("employer", models.CharField(max_length=160)),
                ("role", models.CharField(max_length=160, verbose_name="job title")),
                (
                    "is_case_management",
                    models.BooleanField(default=False, verbose_name="was it case management?"),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "hours_per_week",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True),
                ),
                ("total_hours", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-started_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="employment_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours_per_week", None),
                            models.Q(("hours_per_week__gte", 0), ("hours_per_week__lte", 80)),
                            _connector="OR",
                        ),
                        name="employment_hours_fit_a_week",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertiseArea",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=120, unique=True)),
                ("is_clinical", models.BooleanField(default=True, verbose_name="clinical")),
                (
                    "client_group",
                    models.CharField(
                        choices=[
                            ("all", "Everybody"),
                            ("adults", "Adults"),
                            ("children", "Children and young people"),
                            ("older", "Older adults"),
                            ("working", "People of working age"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                ("usual_professions", models.CharField(blank=True, max_length=160)),
                (
                    "is_offered",
                    models.BooleanField(default=True, verbose_name="offered to applicants"),
                ),
            ],
            options={
                "verbose_name": "area of expertise",
                "verbose_name_plural": "areas of expertise",
                "ordering": ("is_clinical", "label"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "vocational"), ("is_clinical", False)),
                            models.Q(
                                models.Q(("code", "vocational"), _negated=True),
                                ("is_clinical", True),
                            ),
                            _connector="OR",
                        ),
                        name="vocational_alone_is_not_clinical",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertiseAssignment",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="membership.person",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="membership.expertisearea",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="membership.registration",
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["area", "person"],
                        name="expertise_held",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "area"),
                        name="expertise_assigned_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area", "vocational"), ("registration__isnull", False), _connector="OR"
                        ),
                        name="clinical_expertise_names_its_registration",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                        related_name="applications",
                        to="membership.person",
                    ),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("case_manager", "Case Manager"),
                            ("associate", "Associate"),
                            ("supporter", "Supporter"),
                            ("overseas", "Overseas"),
                            ("student", "Student"),
                        ],
                        max_length=20,
                        verbose_name="membership type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "With the office"),
                            ("more_information", "More information needed"),
                            ("offered", "Another type offered"),
                            ("approved", "Approved, awaiting payment"),
                            ("activated", "Activated"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired unpaid"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField()),
                ("draft_reminded_at", models.DateTimeField(blank=True, null=True)),
                ("sections_done", models.JSONField(blank=True, default=list)),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("uk", "In the UK, Jersey, Guernsey or the Isle of Man"),
                            ("overseas", "Outside the UK"),
                            ("none", "I do not practise case management"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ENG", "England"),
                            ("SCT", "Scotland"),
                            ("WLS", "Wales"),
                            ("NIR", "Northern Ireland"),
                            ("CD", "Jersey, Guernsey or the Isle of Man"),
                        ],
                        max_length=3,
                    ),
                ),
                ("vocational_only", models.BooleanField(blank=True, null=True)),
                ("profession", models.CharField(blank=True, max_length=40)),
                (
                    "dbs_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="date of the most recent check"
                    ),
                ),
                (
                    "dbs_scheme",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DBS", "DBS (England and Wales)"),
                            ("PVG", "PVG (Scotland)"),
                            ("ACCESSNI", "AccessNI (Northern Ireland)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("dbs_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("indemnity_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("indemnity_ends_on", models.DateField(blank=True, null=True)),
                (
                    "supporter_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supportive", "I support case managers"),
                            ("managerial", "I manage case managers or their service"),
                        ],
                        max_length=12,
                    ),
                ),
                ("overseas_country", models.CharField(blank=True, max_length=60)),
                ("overseas_accepted_at", models.DateTimeField(blank=True, null=True)),
                ("course_title", models.CharField(blank=True, max_length=160)),
                ("course_provider", models.CharField(blank=True, max_length=160)),
                ("course_ends_on", models.DateField(blank=True, null=True)),
                (
                    "course_relation",
                    models.CharField(
                        blank=True,
                        choices=[("relevant", "Yes"), ("unrelated", "No")],
                        max_length=10,
                    ),
                ),
                ("rules_accepted_at", models.DateTimeField(blank=True, null=True)),
                ("rules_accepted_version", models.CharField(blank=True, max_length=20)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_evidence", models.JSONField(blank=True, default=dict)),
                ("findings", models.JSONField(blank=True, default=list)),
                ("rules_version", models.CharField(blank=True, max_length=20)),
                ("question", models.TextField(blank=True, verbose_name="what the office asks for")),
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
                ("decision_reason", models.TextField(blank=True)),
                ("override_reason", models.TextField(blank=True)),
                ("override_lines", models.JSONField(blank=True, default=list)),
                ("override_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "override_asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "override_agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "expertise_requested",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="membership.expertisearea"
                    ),
                ),
            ],
            options={
                "ordering": ("submitted_at", "pk"),
                "permissions": [
                    ("decide_application", "Can approve, ask about and decline applications"),
                    ("override_check", "Can approve with a check left open, giving a reason"),
                ],
                "indexes": [
                    models.Index(fields=["submitted_at", "id"], name="application_sent"),
                    models.Index(fields=["state", "submitted_at"], name="application_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "more_information", "offered", "approved"],
                            )
                        ),
                        fields=("person",),
                        name="one_open_application_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("state", "withdrawn"),
                            models.Q(
                                ("submitted_at__isnull", False),
                                models.Q(("type", ""), _negated=True),
                                models.Q(("rules_version", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_drafts_were_never_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["approved", "activated", "declined", "expired"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ["approved", "activated", "declined", "expired"]),
                                    _negated=True,
                                ),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="decisions_have_a_decider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("decision_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "more_information"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="more_information_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("override_asked_at", None), ("override_asked_by", None)),
                            models.Q(
                                ("override_asked_at__isnull", False),
                                ("override_asked_by__isnull", False),
                                ("state", "submitted"),
                                models.Q(("override_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="overrides_wait_with_a_name_and_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("override_agreed_by", None),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(
                                    ("override_agreed_by", models.F("decided_by")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="overrides_are_agreed_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referees",
                        to="membership.application",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("professional", "Professional: knows your work"),
                            ("personal", "Personal: knows you outside work"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "relationship",
                    models.CharField(max_length=160, verbose_name="how do they know you?"),
                ),
                ("organisation", models.CharField(blank=True, max_length=160)),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="membership.employment",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("named", "Not asked yet"),
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("refused", "Would rather not"),
                            ("bounced", "Could not be reached"),
                        ],
                        default="named",
                        max_length=10,
                    ),
                ),
                ("nonce", models.CharField(blank=True, max_length=32)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("reminders_sent", models.PositiveSmallIntegerField(default=0)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "known_for",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="how long they have known the applicant",
                    ),
                ),
                (
                    "capacity",
                    models.CharField(blank=True, max_length=300, verbose_name="in what capacity"),
                ),
                ("opinion", models.TextField(blank=True, verbose_name="what they say")),
                ("concerns", models.TextField(blank=True)),
                ("may_call", models.BooleanField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("application", "position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("application", "position"),
                        name="one_referee_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__in", [1, 2])), name="two_places_for_referees"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state__in", ["answered", "refused"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["answered", "refused"]), _negated=True),
                                ("answered_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFeeRate",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("case_manager", "Case Manager"),
                            ("associate", "Associate"),
                            ("supporter", "Supporter"),
                            ("overseas", "Overseas"),
                            ("student", "Student"),
                        ],
                        max_length=20,
                        verbose_name="membership type",
                    ),
                ),
                (
                    "pence",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)]
                    ),
                ),
                ("valid_from", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
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
                "verbose_name": "historical fee rate",
                "verbose_name_plural": "historical fee rates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FeeRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("case_manager", "Case Manager"),
                            ("associate", "Associate"),
                            ("supporter", "Supporter"),
                            ("overseas", "Overseas"),
                            ("student", "Student"),
                        ],
                        max_length=20,
                        verbose_name="membership type",
                    ),
                ),
                (
                    "pence",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(0)]
                    ),
                ),
                ("valid_from", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("type", "-valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("type", "valid_from"), name="one_fee_a_type_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeDue",
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
                        related_name="fees",
                        to="membership.person",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fees",
                        to="membership.application",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("joining", "Joining"),
                            ("renewal", "Renewal"),
                            ("upgrade", "Change of type"),
                            ("before", "Paid before the portal"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("case_manager", "Case Manager"),
                            ("associate", "Associate"),
                            ("supporter", "Supporter"),
                            ("overseas", "Overseas"),
                            ("student", "Student"),
                        ],
                        max_length=20,
                        verbose_name="membership type",
                    ),
                ),
                ("pence", models.PositiveIntegerField()),
                (
                    "reckoning",
                    models.CharField(
                        blank=True,
                        help_text="How the sum was worked out, where it is a part.",
                        max_length=200,
                    ),
                ),
                ("fixed_at", models.DateTimeField()),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("waived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("waiver_reason", models.TextField(blank=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pay_pressed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the payer first went to pay: from then on the decision is not undone.",
                        null=True,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "fees due",
                "ordering": ("-fixed_at", "-pk"),
                "permissions": [("waive_fee", "Can waive a fee, giving a reason")],
                "indexes": [
                    models.Index(fields=["type", "ends_on", "starts_on"], name="fee_period"),
                    models.Index(fields=["-fixed_at", "-id"], name="fee_fixed"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("settled_on", None), ("waived_at", None)
                        ),
                        fields=("person",),
                        name="one_outstanding_fee_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("application",),
                        name="one_fee_an_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on", None), ("starts_on", None)),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                ("ends_on__isnull", False),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="periods_are_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            models.Q(("settled_on__isnull", False), ("waived_at", None)),
                            models.Q(("settled_on", None), ("waived_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="no_period_without_money_or_waiver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("waived_at", None), ("waived_by", None), ("waiver_reason", "")
                            ),
                            models.Q(
                                ("waived_at__isnull", False),
                                ("waived_by__isnull", False),
                                models.Q(("waiver_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="waivers_have_a_name_and_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None),
                            models.Q(("settled_on", None), ("waived_at", None)),
                            _connector="OR",
                        ),
                        name="only_open_fees_are_cancelled",
                    ),
                    foundation.overlap.NoOverlap(
                        first="starts_on",
                        last="ends_on",
                        name="periods_of_a_person_never_overlap",
                        owner="person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MoneyKnown",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("until_on", models.DateField(verbose_name="bank statements are known until")),
            ],
            options={
                "verbose_name_plural": "money known",
                "permissions": [
                    ("tell_money_known", "Can tell until when bank statements are known")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_day_until_which_money_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                        related_name="membership",
                        to="membership.person",
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("joined_on", models.DateField()),
                ("suspended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "suspended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("suspension_reason", models.TextField(blank=True)),
                ("resigned_on", models.DateField(blank=True, null=True)),
                ("lapse_written_for", models.DateField(blank=True, null=True)),
                (
                    "qualified_told_on",
                    models.DateField(
                        blank=True,
                        help_text="When an Associate was told that an upgrade is open.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "permissions": [
                    ("suspend_membership", "Can suspend a membership and end a suspension"),
                    ("export_register", "Can download the register of members"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("suspended_at", None),
                                ("suspended_by", None),
                                ("suspension_reason", ""),
                            ),
                            models.Q(
                                ("suspended_at__isnull", False),
                                ("suspended_by__isnull", False),
                                models.Q(("suspension_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="suspensions_have_a_name_and_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("rows", models.JSONField(blank=True, default=list)),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                ("stopped", models.CharField(blank=True, max_length=200)),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="brought in")),
                (
                    "brought_in",
                    models.PositiveIntegerField(default=0, verbose_name="people brought in"),
                ),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="rows left out")),
                (
                    "letters_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="letters asked for"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone",
                    models.PositiveIntegerField(default=0, verbose_name="people taken back"),
                ),
            ],
            options={
                "verbose_name": "file of members",
                "verbose_name_plural": "members brought in from files",
                "ordering": ("-sent_at", "-pk"),
                "permissions": [
                    (
                        "bring_in_members",
                        "Can bring members in from a file, write to them, and undo it",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("brought_in", 0),
                                ("confirmed_at", None),
                                ("done_at", None),
                                ("left_out", 0),
                            ),
                            models.Q(
                                ("confirmed_at__gte", models.F("sent_at")),
                                ("confirmed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_come_by_files_that_were_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letters_at", None), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="letters_go_once_a_file_is_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone", 0), ("undone_at", None)),
                            models.Q(
                                ("done_at__isnull", False),
                                ("undone__lte", models.F("brought_in")),
                                ("undone_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="files_of_members_are_undone_after_they_are_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrivals",
                        to="membership.arrivalfile",
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="line of the file")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrival",
                        to="membership.person",
                    ),
                ),
                (
                    "fee",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrival",
                        to="membership.feedue",
                    ),
                ),
                ("came_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("file", "line"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "line"), name="a_line_brings_one_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_items",
                        to="membership.application",
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("type", "Membership type"),
                            ("home", "Home details"),
                            ("work", "Work details"),
                            ("practice", "Where you practise"),
                            ("route", "Clinical or vocational"),
                            ("qualifications", "Qualifications"),
                            ("registration", "Registered body"),
                            ("history", "Work history"),
                            ("referees", "Two referees"),
                            ("dbs", "DBS check"),
                            ("indemnity", "Professional indemnity insurance"),
                            ("expertise", "Areas of expertise"),
                            ("supporter", "Your role"),
                            ("overseas", "Practice abroad"),
                            ("course", "Your course"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(verbose_name="what the office asks for")),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
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
                        condition=models.Q(("words", ""), _negated=True),
                        name="asked_items_say_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            ("closed_at__gte", models.F("asked_at")),
                            _connector="OR",
                        ),
                        name="asked_before_it_is_closed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("application", "section"),
                        name="one_open_item_a_section",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TypeOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="membership.application",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("case_manager", "Case Manager"),
                            ("associate", "Associate"),
                            ("supporter", "Supporter"),
                            ("overseas", "Overseas"),
                            ("student", "Student"),
                        ],
                        max_length=20,
                        verbose_name="membership type",
                    ),
                ),
                ("reason", models.TextField(verbose_name="why, in words for the applicant")),
                ("offered_at", models.DateTimeField()),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expires_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("refused", "Not wanted"),
                            ("expired", "Not answered in time"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("offered_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="offers_say_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("outcome", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offers_end_with_an_outcome",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("application",),
                        name="one_open_offer_an_application",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="membership.application",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="the applicant's reasons")),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who took the decision",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The decision stands"),
                            ("overturned", "The decision is overturned"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, verbose_name="the answer, in words for the applicant"
                    ),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="appeals_have_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("closed_at", None),
                                ("closed_by", None),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeals_end_with_an_answer_and_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by", None),
                            models.Q(("closed_by", models.F("against")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeals_are_decided_by_somebody_else",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("application",),
                        name="one_open_appeal_an_application",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_files",
                        to="membership.person",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_files",
                        to="membership.application",
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("qualifications", "Qualifications"),
                            ("indemnity", "Professional indemnity insurance"),
                        ],
                        max_length=20,
                    ),
                ),
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
                ("bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored_as", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("quarantined", "Being checked"),
                            ("clean", "Received"),
                            ("refused", "Refused by the virus scanner"),
                        ],
                        max_length=12,
                    ),
                ),
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
                "ordering": ("section", "pk"),
                "permissions": [("see_evidence", "Can open the files that applicants send")],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("section__in", ["qualifications", "indemnity"])),
                        name="no_evidence_file_for_dbs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), ("stored_as", "")),
                            models.Q(
                                ("state__in", ["quarantined", "clean"]),
                                models.Q(("stored_as", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="refused_files_are_not_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="evidence_file_shows_pages_or_a_picture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bytes__gt", 0)), name="evidence_file_is_not_empty"
                    ),
                    models.UniqueConstraint(
                        fields=("application", "section", "sha256"),
                        name="evidence_file_once_a_section",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stored_as", ""), _negated=True),
                        fields=("stored_as",),
                        name="evidence_file_stored_under_its_own_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assurance",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assurances",
                        to="membership.person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("indemnity", "Professional indemnity insurance"),
                            ("dbs", "DBS check"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "dated_on",
                    models.DateField(
                        help_text="The last day of the insurance, or the day of the DBS check.",
                        verbose_name="date",
                    ),
                ),
                ("told_at", models.DateTimeField(verbose_name="told on")),
                (
                    "checked_on",
                    models.DateField(blank=True, null=True, verbose_name="seen by the office on"),
                ),
                (
                    "checked_by",
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
                "verbose_name": "insurance or DBS date",
                "ordering": ("person", "kind"),
                "permissions": [
                    ("check_assurance", "Can note that an insurance or DBS date was seen")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind"), name="one_date_a_person_and_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_by", None), ("checked_on", None)),
                            models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_seen_date_names_who_saw_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card",
                        to="membership.membership",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=membership.models.life.new_token, max_length=40, unique=True
                    ),
                ),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("token", ""), _negated=True), name="card_has_a_token"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EligibilityRules",
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
                    "months_required",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="months of case management",
                    ),
                ),
                (
                    "hours_required",
                    models.PositiveIntegerField(
                        default=2500,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="or hours of case management",
                    ),
                ),
                (
                    "referees_required",
                    models.PositiveSmallIntegerField(
                        default=2, editable=False, verbose_name="referees"
                    ),
                ),
                (
                    "dbs_flag_years",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="An older check holds nothing up: an assessor looks at it.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="years after which a DBS check is looked at",
                    ),
                ),
                (
                    "low_hours_per_week",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="The months count all the same.",
                        verbose_name="hours a week below which the assessor is told",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "eligibility rules",
                "ordering": ("-effective_from", "-pk"),
                "permissions": [
                    ("adopt_rules", "Can put eligibility rules into force by a board minute")
                ],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", ""), _negated=True),
                        name="rules_have_a_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("adopted_at__isnull", False)),
                        fields=("effective_from",),
                        name="one_version_of_the_rules_a_day",
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
                        name="adopted_rules_have_a_day_and_a_minute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("referees_required", 2)),
                        name="rules_ask_for_two_referees",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_required__gte", 1), ("months_required__gte", 1)),
                        name="rules_ask_for_some_experience",
                    ),
                ],
            },
        ),
    ]
