"""The project's own file of places: complete, placed in Britain, and joined up."""

import csv
from pathlib import Path

from directory.postcodes import WITHOUT_POSITION, districts

FOLDER = Path(__file__).parents[2] / "directory" / "data"


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_112_areas_and_every_parent_is_among_them():
    areas = rows("areas.csv")
    codes = {area["code"] for area in areas}

    assert len(areas) == len(codes) == 112
    assert {area["parent"] for area in areas} <= codes | {""}
    assert {area["kind"] for area in areas} == {"whole", "nation", "region", "county"}


def test_every_district_and_postcode_area_lies_in_known_regions():
    regions = {area["code"] for area in rows("areas.csv") if area["kind"] in {"nation", "region"}}

    places = rows("outcodes.csv")

    assert len({place["code"] for place in places}) == len(places) == 2966 + 124
    for place in places:
        assert place["regions"].split()
        assert set(place["regions"].split()) <= regions


def test_every_place_lies_in_the_british_isles_with_a_radius():
    for place in rows("outcodes.csv"):
        assert 49.1 < float(place["latitude"]) < 60.9, place
        assert -8.7 < float(place["longitude"]) < 1.8, place
        assert 0 <= float(place["radius_km"]) < (120 if place["name"] else 55), place


def test_every_district_in_the_file_can_be_typed():
    typed = [place["code"] for place in rows("outcodes.csv") if not place["name"]]

    assert [districts(f"{code} 1AA")[0] for code in typed] == typed
    assert not WITHOUT_POSITION & set(typed)


def test_a_border_district_names_both_its_regions_the_larger_first():
    places = {place["code"]: place["regions"] for place in rows("outcodes.csv")}

    assert places["BH23"] == "ENG-SW ENG-SE"
    assert places["CF14"] == "WLS"
    assert places["JE2"] == "CD-JE"


def test_the_file_is_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 150_000
