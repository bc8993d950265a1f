"""What people ask about their own data where a person has to decide, and what was decided."""

from django.db import models
from django.db.models import F, Q

from membership.models import Person, User
from records.pack import Verdict

KINDS = ("access", "correct")
VERDICTS = tuple(one.value for one in Verdict)


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def open(self) -> "DataRequestQuerySet":
        return self.filter(closed_at=None)


class DataRequest(models.Model):
    """Somebody wants what others wrote of them, or something put right; `data_requests` writes it.

    To be answered within one calendar month of its coming; two more where it is hard, with a
    reason told in the first; the clock stands while it is not known who asks (UK GDPR Article
    12(3) and 12A, as inserted by the Data (Use and Access) Act 2025).
    """

    class Kind(models.TextChoices):
        ACCESS = "access", "To see what others wrote of them"
        CORRECT = "correct", "To have something put right"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="data_requests"
    )
    name = models.CharField(max_length=170, blank=True)
    email = models.EmailField("e-mail address")
    words = models.TextField("what they ask for", max_length=4000, blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField("to be answered by")
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_because = models.TextField(blank=True)
    paused_on = models.DateField("the clock stands since", null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField("days on which the clock stood", default=0)
    answer = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = "request about data"
        verbose_name_plural = "requests about data"
        permissions = [("answer_datarequest", "Can decide on requests about personal data")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS) & ~Q(email=""), name="a_data_request_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_at__date")), name="a_data_request_is_due_later"
            ),
            models.CheckConstraint(
                condition=Q(extended_at=None, extended_because="")
                | Q(extended_at__isnull=False) & ~Q(extended_because=""),
                name="a_data_request_is_extended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, paused_on=None),
                name="a_data_request_is_closed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["email", "kind"],
                condition=Q(closed_at=None, kind="access"),
                name="one_open_request_to_see_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def history_key(self) -> str:
        """What the log of the request is filed under."""
        return f"data request {self.reference}"


class DataItem(models.Model):
    """Words of another person that a request is about: given whole, in part, or not at all.

    Named by table and key; the words themselves stay where they are.
    """

    request = models.ForeignKey(DataRequest, on_delete=models.CASCADE, related_name="items")
    model = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    verdict = models.CharField(
        max_length=8,
        blank=True,
        choices=[
            ("whole", "Given whole"),
            ("redacted", "Given in part"),
            ("withheld", "Withheld"),
        ],
    )
    words = models.TextField("what is given of it, or why not", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        verbose_name = "words of another person"
        verbose_name_plural = "words of other people"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["request", "model", "key"], name="a_data_item_once_a_request"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", words="", decided_at=None, decided_by=None)
                | Q(verdict__in=VERDICTS, decided_at__isnull=False, decided_by__isnull=False),
                name="a_data_item_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.pk}"
