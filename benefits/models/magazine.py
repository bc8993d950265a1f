"""The magazine: its issues, their articles and files, and which issues a member opened."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from membership.models import Person


class IssueQuerySet(models.QuerySet["Issue"]):
    def out(self, on: dt.date) -> "IssueQuerySet":
        """Published by this day, the latest first."""
        return self.filter(published_on__lte=on).order_by("-published_on", "-number")


class Issue(models.Model):
    """One issue. It is out from its day on; without a day it is a draft."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120, help_text="For example “Winter 2026: working lives”.")
    published_on = models.DateField(
        "published on",
        null=True,
        blank=True,
        help_text="From this day everybody sees its teasers, and members read it. Empty: a draft.",
    )
    cover_text = models.TextField(
        blank=True,
        help_text="Everybody reads it. Markdown: ## for a heading, **bold**, - for a list.",
    )

    history = HistoricalRecords()
    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="issue_has_a_title"),
            models.CheckConstraint(condition=Q(number__gte=1), name="issues_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"Issue {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("benefits:issue", args=[self.number])


class Article(models.Model):
    """One article: title and teaser for everybody, its text for members."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower comes first.")
    title = models.CharField(max_length=150)
    slug = models.SlugField("address", max_length=80, help_text="The end of its address.")
    author = models.CharField(
        max_length=120, blank=True, help_text="As it is printed. Ask before you name somebody."
    )
    teaser = models.CharField(
        max_length=400, help_text="One or two sentences: everybody reads them."
    )
    text = models.TextField(
        help_text="Members read it. Markdown: ## for a heading, **bold**, - for a list."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("issue", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "slug"], name="one_article_of_an_issue_has_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(teaser="") & ~Q(text="") & ~Q(slug=""),
                name="article_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("benefits:article", args=[self.issue.number, self.slug])


class IssueFile(models.Model):
    """An issue as a PDF, as it was checked when it was sent."""

    issue = models.OneToOneField(Issue, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bytes__gte=1) & ~Q(name=""), name="issue_file_has_a_name_and_bytes"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IssueRead(models.Model):
    """That a member opened an issue, and when first: for the statement of what they used."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="issues_read")
    first_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "issue"], name="an_issue_is_opened_first_once"
            ),
        ]

    def __str__(self) -> str:
        return f"read {self.pk}"
