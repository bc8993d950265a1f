"""Figures that are counted beforehand, and what is counted as it happens. None names a visitor."""

from django.db import models
from django.db.models import Q

from directory.models.listings import Listing


class Tally(models.Model):
    """How many visible members there are, beside each choice of one filter.

    The key is “area WLS” or “facet stroke” (without a code: any); `counts` has a number for each
    choice of the other filter. Under “standing” is how many mean to be found. Counted every few
    minutes; see `directory/counting.py`.
    """

    key = models.CharField(max_length=60, primary_key=True)
    counts = models.JSONField(default=dict)
    counted_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return self.key


class Unmet(models.Model):
    """How often nobody was found in a month, by area and expertise; of a place its region alone."""

    month = models.DateField()
    area = models.CharField(max_length=40, blank=True)
    expertise = models.CharField(max_length=90, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-month", "-times", "pk")
        verbose_name = "unmet demand"
        verbose_name_plural = "unmet demand"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "area", "expertise"], name="unmet_once_a_month_and_filter"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="unmet_months_by_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area} {self.expertise}"


class Seen(models.Model):
    """How often a listing's own page was opened in a month, by others than its member."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="seen")
    month = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "seen"
        constraints = [
            models.UniqueConstraint(fields=["listing", "month"], name="seen_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="seen_months_by_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} listing {self.listing_id}"
