"""Areas that members say they work in, and the districts that postcodes name."""

from django.db import models

from directory.distance import Point


class Area(models.Model):
    """A nation, region, county or postcode area that a member can say they work in.

    `also_in` lists further regions that a postcode area reaches into.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", "The whole of the UK"
        NATION = "nation", "Nation"
        REGION = "region", "Region"
        COUNTY = "county", "County or council area"
        POSTCODE = "postcode", "Postcode area"

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    also_in = models.CharField(max_length=40, blank=True)

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

    @property
    def area_codes(self) -> tuple[str, ...]:
        """Its regions, and the postcode area that it is or lies in."""
        return (*self.region_codes, f"pc-{self.postcode_area_id or self.code}")
