"""The frequently asked questions, in groups, kept by the office."""

import datetime as dt

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

REVIEW_AFTER = dt.timedelta(days=365)


class FaqGroup(models.Model):
    """Questions about one thing. An archived group is kept, apart from the others."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    is_archived = models.BooleanField(
        "archived",
        default=False,
        help_text="Shown on a page of its own for what is no longer current.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = "group of questions"
        verbose_name_plural = "groups of questions"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="faq_group_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def to_review(self, on: dt.date) -> "QuestionQuerySet":
        """Current questions that nobody has looked at for a year, or ever."""
        stale = Q(last_reviewed_on=None) | Q(last_reviewed_on__lt=on - REVIEW_AFTER)
        return self.filter(stale, group__is_archived=False)


class Question(models.Model):
    """One question with its answer; figures in {braces} are filled in from the rules in force."""

    group = models.ForeignKey(FaqGroup, on_delete=models.PROTECT, related_name="questions")
    slug = models.SlugField(unique=True, help_text="The end of the address that links to it.")
    question = models.CharField(max_length=200)
    answer = models.TextField(
        help_text="Markdown, with figures in {braces} as on pages. A list’s lines begin with “- ”."
    )
    link = models.CharField(
        max_length=200, blank=True, help_text="Where to read on, such as /membership/benefits/."
    )
    link_words = models.CharField("words of the link", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    owner = models.CharField(
        max_length=80, blank=True, help_text="Who keeps this answer right, by role."
    )
    last_reviewed_on = models.DateField("last reviewed", null=True, blank=True)

    history = HistoricalRecords()
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("group", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(answer=""), name="question_has_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(link="", link_words="") | (~Q(link="") & ~Q(link_words="")),
                name="question_link_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.question
