"""Committees of the society, and members who would like to help in one."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from membership.models import Person, User


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def shown(self) -> "CommitteeQuerySet":
        return self.filter(is_shown=True).order_by("position", "pk")


class Committee(models.Model):
    """What it does, who chairs it, and whether it looks for people."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("address", max_length=80, unique=True)
    summary = models.CharField(max_length=300, help_text="What it does, in a sentence.")
    text = models.TextField(
        blank=True, help_text="More about it. Markdown: ## for a heading, **bold**, - for a list."
    )
    chair = models.CharField(
        max_length=120, blank=True, help_text="As it is shown. Ask before you name somebody."
    )
    is_open = models.BooleanField(
        "looks for members", default=True, help_text="Members can then say that they would help."
    )
    is_shown = models.BooleanField("shown to everybody", default=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")

    history = HistoricalRecords()
    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug="") & ~Q(summary=""), name="committee_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("benefits:committee", args=[self.slug])


class ExpressionQuerySet(models.QuerySet["Expression"]):
    def waiting(self) -> "ExpressionQuerySet":
        return self.filter(state=Expression.State.WAITING)

    def of(self, person: Person) -> "ExpressionQuerySet":
        """Theirs, and those of accounts that were merged into theirs."""
        return self.filter(Q(person=person) | Q(person__merged_into=person))


class Expression(models.Model):
    """That a member would help in a committee, and what the office answered."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        INVITED = "invited", "Invited"
        THANKED = "thanked", "Thanked"
        WITHDRAWN = "withdrawn", "Taken back"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="expressions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="expressions")
    words = models.TextField(max_length=1_000)
    expressed_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    answer = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        ordering = ("-expressed_at", "-pk")
        verbose_name = "expression of interest"
        verbose_name_plural = "expressions of interest"
        permissions = [("answer_expression", "Can answer who would help in a committee")]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person"],
                condition=Q(state="waiting"),
                name="one_expression_of_a_person_waits",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="expression_has_words"),
            models.CheckConstraint(
                condition=Q(state="waiting", closed_at=None, answer="")
                | (~Q(state="waiting") & Q(closed_at__isnull=False)),
                name="expression_is_closed_unless_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"expression {self.pk}"

    @property
    def heading(self) -> str:
        """Above the office's page about it; it names people, so it is for that page alone."""
        return f"{self.person}, for {self.committee}"
