"""What goes back and forth before and after a decision: questions, offers, appeals."""

from django.db import models
from django.db.models import F, Q

from membership.models.applications import TYPE_CHOICES, Application
from membership.models.people import User


class AskedItemQuerySet(models.QuerySet["AskedItem"]):
    def open(self) -> "AskedItemQuerySet":
        """What still waits for the applicant."""
        return self.filter(closed_at=None)


class AskedItem(models.Model):
    """One thing that the office asks of an applicant: it reopens one section and no other.

    While one is open the application waits for the applicant, and the office's clock stands.
    """

    class Section(models.TextChoices):
        """The keys and titles of `membership.steps`, which a test compares."""

        TYPE = "type", "Membership type"
        HOME = "home", "Home details"
        WORK = "work", "Work details"
        PRACTICE = "practice", "Where you practise"
        ROUTE = "route", "Clinical or vocational"
        QUALIFICATIONS = "qualifications", "Qualifications"
        REGISTRATION = "registration", "Registered body"
        HISTORY = "history", "Work history"
        REFEREES = "referees", "Two referees"
        DBS = "dbs", "DBS check"
        INDEMNITY = "indemnity", "Professional indemnity insurance"
        EXPERTISE = "expertise", "Areas of expertise"
        SUPPORTER = "supporter", "Your role"
        OVERSEAS = "overseas", "Practice abroad"
        COURSE = "course", "Your course"

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="asked_items"
    )
    section = models.CharField(max_length=20, choices=Section)
    words = models.TextField("what the office asks for")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AskedItemQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="asked_items_say_what"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("asked_at")),
                name="asked_before_it_is_closed",
            ),
            models.UniqueConstraint(
                fields=["application", "section"],
                condition=Q(closed_at=None),
                name="one_open_item_a_section",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.application_id}"


class TypeOfferQuerySet(models.QuerySet["TypeOffer"]):
    def open(self) -> "TypeOfferQuerySet":
        return self.filter(closed_at=None)


class TypeOffer(models.Model):
    """Another membership type that the office would approve, once the applicant agrees."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not wanted"
        EXPIRED = "expired", "Not answered in time"
        TAKEN_BACK = "taken_back", "Taken back"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    type = models.CharField("membership type", max_length=20, choices=TYPE_CHOICES)
    reason = models.TextField("why, in words for the applicant")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TypeOfferQuerySet.as_manager()

    class Meta:
        ordering = ("offered_at", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="offers_say_why"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="offers_end_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at=None),
                name="one_open_offer_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} for {self.application_id}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(closed_at=None)


class Appeal(models.Model):
    """An applicant asks that somebody else looks at a decision again."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The decision stands"
        OVERTURNED = "overturned", "The decision is overturned"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    reasons = models.TextField("the applicant's reasons")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    against = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="who took the decision",
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("the answer, in words for the applicant", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="appeals_have_reasons"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, outcome="", answer="")
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(answer="")
                ),
                name="appeals_end_with_an_answer_and_a_name",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("against")),
                name="appeals_are_decided_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at=None),
                name="one_open_appeal_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
