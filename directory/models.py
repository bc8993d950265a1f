"""Places, the listings of members who want to be found, and what purchasers write to them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from phonenumber_field.modelfields import PhoneNumberField

from directory.distance import Point
from membership import standing
from membership.models import Person
from membership.types import MembershipType

LONGEST_RADIUS_MILES = 200


class Area(models.Model):
    """A nation, region or county that a member can say they work in."""

    class Kind(models.TextChoices):
        WHOLE = "whole", "The whole of the UK"
        NATION = "nation", "Nation"
        REGION = "region", "Region"
        COUNTY = "county", "County or council area"

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class Outcode(models.Model):
    """A postcode district, or a whole postcode area with its town, and its computed centre.

    `radius_km` holds 95 of 100 of its postcodes; `also_in` lists further regions of a border
    district. The figures and their licence: `directory/data/LICENCE.txt`.
    """

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField("town", max_length=40, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_km = models.FloatField()
    region = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="outcodes")
    also_in = models.CharField(max_length=40, blank=True)
    postcode_area = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="districts"
    )

    class Meta:
        ordering = ("code",)
        verbose_name = "postcode district"
        indexes = [models.Index(fields=["latitude", "longitude"], name="outcode_position")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.name else self.code

    @property
    def centre(self) -> Point:
        return Point(self.latitude, self.longitude, self.radius_km)

    @property
    def region_codes(self) -> tuple[str, ...]:
        return (self.region_id, *self.also_in.split())


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible(self, on: dt.date) -> "ListingQuerySet":
        """Opted in, by a Case Manager member who is in good standing on the day."""
        members = standing.active(on, type=MembershipType.CASE_MANAGER)
        return self.filter(opted_in_at__isnull=False, person__in=members, person__merged_into=None)


class Listing(models.Model):
    """What a member shows to purchasers. Not shown unless they opt in; see `visible`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="listing")
    slug = models.SlugField(max_length=140, unique=True)
    public_name = models.CharField("name shown to the public", max_length=120)
    about = models.TextField("about your work", max_length=1500, blank=True)
    taking_cases = models.BooleanField("taking new cases", default=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="listings")
    base = models.ForeignKey(
        Outcode, on_delete=models.PROTECT, null=True, blank=True, related_name="listings"
    )
    radius_miles = models.PositiveSmallIntegerField("miles you travel", null=True, blank=True)
    edited_at = models.DateTimeField()
    opted_in_at = models.DateTimeField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
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
        ]

    def __str__(self) -> str:
        return f"listing {self.pk}"

    @property
    def is_opted_in(self) -> bool:
        return self.opted_in_at is not None


class Enquiry(models.Model):
    """What a purchaser wrote to a member through the site; kept for 12 months."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="enquiries")
    name = models.CharField("your name", max_length=120)
    organisation = models.CharField("your organisation", max_length=120, blank=True)
    email = models.EmailField("your e-mail address")
    phone = PhoneNumberField("your telephone number", blank=True)
    message = models.TextField("your message", max_length=3000)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name_plural = "enquiries"
        permissions = [("read_enquiry", "Can read what purchasers wrote")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") & ~Q(message=""),
                name="enquiry_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"
