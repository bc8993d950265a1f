"""What a member shows to purchasers, and the query that says who is shown."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from directory.models.places import Area, Outcode
from membership import standing
from membership.models import ExpertiseAssignment, Person, Registration
from membership.models.expertise import VOCATIONAL
from membership.types import MembershipType

LONGEST_RADIUS_MILES = 200
LOOKED_AT = ("radius_miles", "paused_at", "pause_ends_on")
"""What a search looks at of every candidate, besides its place in the order."""


def _vocational(on: dt.date) -> Exists:
    assigned = ExpertiseAssignment.objects.current(on).filter(person=OuterRef("person"))
    return Exists(assigned.filter(area=VOCATIONAL))


def _struck_off() -> models.QuerySet[Registration]:
    ended = (Registration.Status.SUSPENDED, Registration.Status.REMOVED)
    return Registration.objects.filter(person=OuterRef("person"), status__in=ended)


def _means_to_be_shown(on: dt.date) -> Q:
    return (Q(paused_at=None) | Q(pause_ends_on__lte=on)) & Q(opted_in_at__isnull=False)


def is_visible(on: dt.date) -> Q:
    """The condition of `visible`, also for who asks it of rows that are chosen by other means."""
    is_member = standing.held_by("person", on, type=MembershipType.CASE_MANAGER)
    registrations = Registration.objects.filter(person=OuterRef("person"))
    is_registered = Exists(registrations.current(on))
    was_registered = Exists(registrations.exclude(status=Registration.Status.UNCHECKED))
    in_standing = is_registered | ~was_registered | (_vocational(on) & ~Exists(_struck_off()))
    return Q(_means_to_be_shown(on), is_member, in_standing, person__merged_into=None)


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible(self, on: dt.date) -> "ListingQuerySet":
        """Opted in and not paused, by a Case Manager member in good standing on the day.

        Whoever was found registered once must be so today, or is shown for Vocational alone, which
        needs no register; but nobody whom a regulator suspended or took off its register.
        """
        return self.filter(is_visible(on))

    def for_cards(self) -> "ListingQuerySet":
        """With what a card tells besides: whether there is a photo."""
        return self.annotate(has_photo=Exists(Photo.objects.filter(listing=OuterRef("pk"))))

    def opted_in(self, on: dt.date) -> "ListingQuerySet":
        """Meant to be shown, whatever the standing of their member."""
        return self.filter(_means_to_be_shown(on))


class Listing(models.Model):
    """What a member shows to purchasers. Not shown unless they opt in; see `visible`.

    `lot` is the draw of the day that `drawn_on` names: it orders the results.
    A pause with an end is the member's own; one without was set because nobody confirmed.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="listing")
    slug = models.SlugField(max_length=140, unique=True)
    public_name = models.CharField("name shown to the public", max_length=120)
    about = models.TextField("about your work", max_length=1500, blank=True)
    taking_cases = models.BooleanField("taking new cases", default=True)
    taking_again_on = models.DateField("taking new cases again from", null=True, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="listings")
    base = models.ForeignKey(
        Outcode, on_delete=models.PROTECT, null=True, blank=True, related_name="listings"
    )
    radius_miles = models.PositiveSmallIntegerField("miles you travel", null=True, blank=True)
    shows_town = models.BooleanField("the nearest large town", default=True)
    shows_registration = models.BooleanField("regulator and day of our check", default=True)
    shows_photo = models.BooleanField("photo", default=True)
    in_search_engines = models.BooleanField("may be found by search engines", default=True)
    edited_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    opted_in_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_ends_on = models.DateField(null=True, blank=True)
    lot = models.CharField(max_length=16, blank=True, editable=False)
    drawn_on = models.DateField(null=True, blank=True, editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        # Whole in themselves: a search reads thousands of entries of one and no listing.
        indexes = [
            models.Index(
                fields=["lot", "id", *LOOKED_AT, "base", "person"],
                name="listing_by_lot",
                condition=Q(opted_in_at__isnull=False),
            ),
            models.Index(
                fields=["base", "lot", "id", *LOOKED_AT, "person"],
                name="listing_by_base",
                condition=Q(opted_in_at__isnull=False),
            ),
            models.Index(
                fields=["person", "lot", "id", *LOOKED_AT, "base"],
                name="listing_by_person",
                condition=Q(opted_in_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(public_name=""), name="listing_has_name_and_address"
            ),
            models.CheckConstraint(
                condition=Q(base=None, radius_miles=None)
                | Q(base__isnull=False, radius_miles__isnull=False),
                name="listing_base_and_radius_together",
            ),
            models.CheckConstraint(
                condition=Q(radius_miles=None)
                | Q(radius_miles__gte=1, radius_miles__lte=LONGEST_RADIUS_MILES),
                name="listing_radius_from_1_to_200_miles",
            ),
            models.CheckConstraint(
                condition=Q(taking_again_on=None) | Q(taking_cases=False),
                name="listing_taking_again_only_when_not_taking",
            ),
            models.CheckConstraint(
                condition=Q(pause_ends_on=None) | Q(paused_at__isnull=False),
                name="listing_pause_that_ends_has_begun",
            ),
        ]

    def __str__(self) -> str:
        return f"listing {self.pk}"

    @property
    def is_opted_in(self) -> bool:
        return self.opted_in_at is not None

    @property
    def last_confirmed_at(self) -> dt.datetime:
        return self.confirmed_at or self.edited_at

    def is_paused(self, on: dt.date) -> bool:
        return self.paused_at is not None and not (self.pause_ends_on and self.pause_ends_on <= on)


class Photo(models.Model):
    """The picture of a listing, drawn anew and small; nothing of the original file is kept."""

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="photo"
    )
    content = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(content=b""), name="photo_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"photo of listing {self.pk}"
