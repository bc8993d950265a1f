"""Who is found: by area, by expertise, by place, and in which order."""

import datetime as dt

import pytest

from directory.filters import Filters
from directory.models import Outcode
from directory.nearby import nearby
from directory.search import Search
from directory.vocabulary import read, vocabulary
from tests.directory.make import TODAY, assign, make_listing

pytestmark = pytest.mark.django_db


def found(on: dt.date = TODAY, **filters) -> set[int]:
    if "place" in filters:
        filters["place"] = Outcode.objects.get(code=filters["place"])
    entries = Search(Filters(**filters), vocabulary(), on).page(size=100).entries
    assert len({entry.listing for entry in entries}) == len(entries)
    return {entry.listing for entry in entries}


def test_without_filters_everybody_is_found():
    listings = [make_listing(), make_listing(areas=(), base="CF14"), make_listing(areas=("UK",))]

    assert found() == {listing.pk for listing in listings}


@pytest.mark.parametrize("stated", ["UK", "ENG", "ENG-NW", "county-cheshire"])
def test_a_region_finds_what_surrounds_it_and_what_lies_in_it(stated):
    listing = make_listing(areas=(stated,))
    make_listing(areas=("ENG-SE", "WLS", "county-kent", "CD-JE"))

    assert found(area="ENG-NW") == {listing.pk}


@pytest.mark.parametrize(("stated", "hit"), [("county-kent", True), ("ENG-SE", True), ("UK", True),
                                             ("county-surrey", False), ("WLS", False)])  # fmt: skip
def test_a_county_finds_itself_and_what_surrounds_it(stated, hit):
    listing = make_listing(areas=(stated,))

    assert found(area="county-kent") == ({listing.pk} if hit else set())


def test_a_region_finds_bases_inside_it():
    cardiff = make_listing(areas=(), base="CF14")
    make_listing(areas=(), base="M1")

    assert found(area="WLS") == {cardiff.pk}
    assert found(area="UK") >= {cardiff.pk}


def test_stating_one_area_twice_over_finds_the_listing_once():
    listing = make_listing(areas=("UK", "WLS", "county-gwent"))

    assert found(area="WLS") == {listing.pk}


def test_a_place_is_hit_within_the_members_own_miles():
    # The centre of CF24 lies 2.6 miles from that of CF14, BS1's 27 miles.
    near = make_listing(areas=(), base="CF24", radius_miles=3)
    make_listing(areas=(), base="CF24", radius_miles=2)
    far = make_listing(areas=(), base="BS1", radius_miles=28)
    make_listing(areas=(), base="BS1", radius_miles=26)

    assert found(place="CF14") == {near.pk, far.pk}


def test_a_place_is_hit_by_a_stated_area_around_it_however_far_the_base():
    listing = make_listing(areas=("WLS",), base="M1", radius_miles=1)
    make_listing(areas=("ENG",), base="M1", radius_miles=1)

    assert found(place="CF14") == {listing.pk}


def test_a_place_is_not_hit_by_a_county_since_districts_are_not_placed_in_counties():
    make_listing(areas=("county-south-glamorgan",))

    assert found(place="CF14") == set()


def test_a_border_district_is_hit_from_both_regions():
    west, east = make_listing(areas=("ENG-SW",)), make_listing(areas=("ENG-SE",))
    make_listing(areas=("ENG-NW",))

    assert found(place="BH23") == {west.pk, east.pk}


def test_jersey_is_not_hit_by_the_whole_of_the_uk():
    make_listing(areas=("UK",))
    jersey = make_listing(areas=("CD-JE",))

    assert found(place="JE2") == {jersey.pk}


def test_miles_ask_that_the_base_is_near_too():
    near = make_listing(areas=("UK",), base="CF24")
    make_listing(areas=("UK",), base="BS1")
    make_listing(areas=("UK",))

    assert found(place="CF14", miles=25) == {near.pk}


@pytest.mark.parametrize(("miles", "hit"), [(5, True), (2, False)])
def test_the_miles_turn_at_the_distance_of_the_base(miles, hit):
    listing = make_listing(areas=("UK",), base="CF24")

    assert found(place="CF14", miles=miles) == ({listing.pk} if hit else set())


def test_expertise_finds_who_is_assigned_it():
    brain = make_listing()
    assign(brain.person, "brain_injury")
    assign(make_listing().person, "vocational")

    assert found(expertise=("brain_injury",)) == {brain.pk}


def test_two_areas_of_expertise_are_both_wanted():
    both, one = make_listing(), make_listing()
    assign(both.person, "spinal_injury")
    assign(both.person, "vocational")
    assign(one.person, "spinal_injury")

    assert found(expertise=("spinal_injury", "vocational")) == {both.pk}
    assert found(expertise=("spinal_injury",)) == {both.pk, one.pk}


def test_area_and_expertise_and_place_narrow_each_other():
    wanted = make_listing(areas=("WLS",))
    assign(wanted.person)
    assign(make_listing(areas=("ENG",)).person)
    make_listing(areas=("WLS",))

    assert found(area="WLS", expertise=("brain_injury",), place="CF14") == {wanted.pk}


def test_a_member_without_expertise_is_found_by_area():
    listing = make_listing()

    assert found(area="WLS") == {listing.pk}
    assert found(expertise=("brain_injury",)) == set()


def test_nearer_bands_come_first():
    far = make_listing(areas=("UK",), base="M1")
    near = make_listing(areas=("UK",), base="CF24")
    unknown = make_listing(areas=("UK",))
    place = Outcode.objects.get(code="CF14")

    entries = Search(Filters(place=place), vocabulary(), TODAY).page().entries

    assert [entry.listing for entry in entries] == [near.pk, far.pk, unknown.pk]


def test_one_query_finds(django_assert_num_queries):
    for _ in range(3):
        assign(make_listing(areas=("UK",), base="CF24").person)
    words, place = vocabulary(), nearby().places["CF14"]
    filters = Filters("WLS", ("brain_injury", "vocational"), place, 25)

    with django_assert_num_queries(1):
        Search(filters, words, TODAY).page()


def test_one_query_reads_every_choice(django_assert_num_queries):
    with django_assert_num_queries(1):
        words = read()

    assert words.label("ENG-NW") == "North West"
    assert ("brain_injury", "Acquired and traumatic brain injury") in words.expertise
    assert [name for name, _ in words.areas] == [
        "Nations", "Regions", "East Midlands", "East of England", "London", "North East",
        "North West", "Northern Ireland", "Scotland", "South East", "South West", "Wales",
        "West Midlands", "Yorkshire and the Humber", "Postcode areas",
    ]  # fmt: skip
    assert words.areas[0][1][0] == ("UK", "Anywhere in the UK")


def test_the_address_holds_every_filter_and_only_the_district():
    place = Outcode.objects.get(code="CF14")

    assert Filters("WLS", ("stroke", "vocational"), place, 25).as_query() == (
        "area=WLS&postcode=CF14&miles=25&expertise=stroke&also=vocational"
    )
    assert Filters().as_query() == ""
