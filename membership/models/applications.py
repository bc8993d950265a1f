"""An application and its two referees."""

from django.db import models
from django.db.models import F, Q

from membership.models.evidence import Employment
from membership.models.expertise import ExpertiseArea
from membership.models.people import Person, User
from membership.types import MembershipType

TYPE_CHOICES = [(one.value, one.label) for one in MembershipType]


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> "ApplicationQuerySet":
        """Neither ended nor activated: a person has at most one."""
        return self.filter(state__in=Application.OPEN)

    def awaiting_decision(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.SUBMITTED)


class Application(models.Model):
    """One request for membership, from the first page to the decision."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "With the office"
        MORE_INFORMATION = "more_information", "More information needed"
        OFFERED = "offered", "Another type offered"
        APPROVED = "approved", "Approved, awaiting payment"
        ACTIVATED = "activated", "Activated"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Expired unpaid"

    OPEN = (
        State.DRAFT,
        State.SUBMITTED,
        State.MORE_INFORMATION,
        State.OFFERED,
        State.APPROVED,
    )
    EDITABLE = (State.DRAFT, State.MORE_INFORMATION)
    TAKES_REFERENCES = (State.SUBMITTED, State.MORE_INFORMATION)
    DECIDED = (State.APPROVED, State.ACTIVATED, State.DECLINED, State.EXPIRED)

    class Practice(models.TextChoices):
        UK = "uk", "In the UK, Jersey, Guernsey or the Isle of Man"
        OVERSEAS = "overseas", "Outside the UK"
        NONE = "none", "I do not practise case management"

    class Nation(models.TextChoices):
        ENGLAND = "ENG", "England"
        SCOTLAND = "SCT", "Scotland"
        WALES = "WLS", "Wales"
        NORTHERN_IRELAND = "NIR", "Northern Ireland"
        CROWN_DEPENDENCIES = "CD", "Jersey, Guernsey or the Isle of Man"

    class DbsScheme(models.TextChoices):
        DBS = "DBS", "DBS (England and Wales)"
        PVG = "PVG", "PVG (Scotland)"
        ACCESS_NI = "ACCESSNI", "AccessNI (Northern Ireland)"

    class Course(models.TextChoices):
        RELEVANT = "relevant", "Yes"
        UNRELATED = "unrelated", "No"

    class SupporterRole(models.TextChoices):
        SUPPORTIVE = "supportive", "I support case managers"
        MANAGERIAL = "managerial", "I manage case managers or their service"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=12, unique=True)
    type = models.CharField("membership type", max_length=20, choices=TYPE_CHOICES, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    draft_reminded_at = models.DateTimeField(null=True, blank=True)
    sections_done = models.JSONField(default=list, blank=True)

    practice = models.CharField(max_length=10, choices=Practice, blank=True)
    nation = models.CharField(max_length=3, choices=Nation, blank=True)
    vocational_only = models.BooleanField(null=True, blank=True)
    profession = models.CharField(max_length=40, blank=True)
    dbs_on = models.DateField("date of the most recent check", null=True, blank=True)
    dbs_scheme = models.CharField(max_length=10, choices=DbsScheme, blank=True)
    dbs_confirmed_at = models.DateTimeField(null=True, blank=True)
    indemnity_confirmed_at = models.DateTimeField(null=True, blank=True)
    indemnity_ends_on = models.DateField(null=True, blank=True)
    expertise_requested = models.ManyToManyField(ExpertiseArea, blank=True, related_name="+")
    supporter_role = models.CharField(max_length=12, choices=SupporterRole, blank=True)
    overseas_country = models.CharField(max_length=60, blank=True)
    overseas_accepted_at = models.DateTimeField(null=True, blank=True)
    course_title = models.CharField(max_length=160, blank=True)
    course_provider = models.CharField(max_length=160, blank=True)
    course_ends_on = models.DateField(null=True, blank=True)
    course_relation = models.CharField(max_length=10, choices=Course, blank=True)
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    rules_accepted_version = models.CharField(max_length=20, blank=True)

    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_evidence = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=list, blank=True)
    rules_version = models.CharField(max_length=20, blank=True)
    question = models.TextField("what the office asks for", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    override_lines = models.JSONField(default=list, blank=True)
    override_asked_at = models.DateTimeField(null=True, blank=True)
    override_asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    override_agreed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("submitted_at", "pk")
        indexes = [
            models.Index(fields=["submitted_at", "id"], name="application_sent"),
            models.Index(fields=["state", "submitted_at"], name="application_state"),
        ]
        permissions = [
            ("decide_application", "Can approve, ask about and decline applications"),
            ("override_check", "Can approve with a check left open, giving a reason"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(
                    state__in=["draft", "submitted", "more_information", "offered", "approved"]
                ),
                name="one_open_application_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="withdrawn")
                | (Q(submitted_at__isnull=False) & ~Q(type="") & ~Q(rules_version="")),
                name="only_drafts_were_never_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "activated", "declined", "expired"])
                & Q(decided_at__isnull=False, decided_by__isnull=False)
                | ~Q(state__in=["approved", "activated", "declined", "expired"])
                & Q(decided_at=None, decided_by=None),
                name="decisions_have_a_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_reason=""),
                name="declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="more_information") | ~Q(question=""),
                name="more_information_says_what",
            ),
            models.CheckConstraint(
                condition=Q(override_asked_at=None, override_asked_by=None)
                | (
                    Q(
                        override_asked_at__isnull=False,
                        override_asked_by__isnull=False,
                        state="submitted",
                    )
                    & ~Q(override_reason="")
                ),
                name="overrides_wait_with_a_name_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(override_agreed_by=None)
                | (Q(decided_by__isnull=False) & ~Q(override_agreed_by=F("decided_by"))),
                name="overrides_are_agreed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


class RefereeQuerySet(models.QuerySet["Referee"]):
    def named(self) -> "RefereeQuerySet":
        """Those who count: not replaced by somebody else."""
        return self.filter(replaced_at=None)


class Referee(models.Model):
    """Somebody whom an applicant names, and what they answered."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", "Professional: knows your work"
        PERSONAL = "personal", "Personal: knows you outside work"

    class State(models.TextChoices):
        NAMED = "named", "Not asked yet"
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Would rather not"
        BOUNCED = "bounced", "Could not be reached"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    relationship = models.CharField("how do they know you?", max_length=160)
    organisation = models.CharField(max_length=160, blank=True)
    job = models.ForeignKey(
        Employment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField("e-mail address")
    phone = models.CharField("telephone", max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NAMED)
    nonce = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    known_for = models.CharField(
        "how long they have known the applicant", max_length=200, blank=True
    )
    capacity = models.CharField("in what capacity", max_length=300, blank=True)
    opinion = models.TextField("what they say", blank=True)
    concerns = models.TextField(blank=True)
    may_call = models.BooleanField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = RefereeQuerySet.as_manager()

    class Meta:
        ordering = ("application", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"],
                condition=Q(replaced_at=None),
                name="one_referee_a_place",
            ),
            models.CheckConstraint(
                condition=Q(position__in=[1, 2]), name="two_places_for_referees"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "refused"], answered_at__isnull=False)
                | ~Q(state__in=["answered", "refused"]) & Q(answered_at=None),
                name="an_answer_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"referee {self.position} of {self.application_id}"
