"""Reads the places of postcode districts from the database, and writes them there."""

from collections.abc import Iterable

from django.db import transaction

from directory.code_point import Place
from directory.models import Outcode

FIGURES = ("name", "latitude", "longitude", "radius_km", "region", "also_in", "postcode_area")


def known() -> dict[str, Place]:
    """Return every place that we hold, by code."""
    return {
        each.code: Place(
            code=each.code,
            name=each.name,
            latitude=each.latitude,
            longitude=each.longitude,
            regions=" ".join(each.region_codes),
            radius_km=each.radius_km,
        )
        for each in Outcode.objects.all()
    }


@transaction.atomic
def save(places: Iterable[Place]) -> int:
    """Write these places over the ones of the same code; none is removed. How many there are."""
    rows = [_row(place) for place in places]
    Outcode.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=FIGURES,
    )
    return len(rows)


def _row(place: Place) -> Outcode:
    region, _, also_in = place.regions.partition(" ")
    letters = place.code[:2] if place.code[1:2].isalpha() else place.code[:1]
    return Outcode(
        code=place.code,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
        region_id=region,
        also_in=also_in,
        postcode_area_id=None if place.name else letters,
    )
