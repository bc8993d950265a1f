"""Numbers beside the choices: what each would find, counted every few minutes, shown rounded."""

import datetime as dt

import pytest
import time_machine

from directory.counting import counts, recount
from directory.filters import Filters
from directory.models import Tally
from directory.nearby import nearby
from directory.rounding import rounded
from directory.search import Search
from directory.vocabulary import vocabulary
from tests.directory.make import TODAY, assign, make_listing

pytestmark = pytest.mark.django_db

A_MOMENT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(A_MOMENT, tick=False) as traveller:
        yield traveller


def found(**filters):
    return len(Search(Filters(**filters), vocabulary(), TODAY).page(size=100).entries)


def some_members():
    places = [
        (("UK",), ""), (("ENG",), "M1"), (("WLS",), "CF14"), (("county-kent",), ""),
        ((), "BH23"), (("pc-CH",), ""), (("ENG-NW", "WLS"), "CH1"), (("CD-JE",), ""),
    ]  # fmt: skip
    for areas, base in places:
        listing = make_listing(areas=areas, base=base)
        assign(listing.person, "stroke")
    assign(make_listing(areas=("UK",)).person, "paediatric")
    make_listing(areas=("UK",), opted_in_at=None)


def test_a_number_says_how_many_its_choice_would_find():
    some_members()
    recount(at=A_MOMENT)

    for facet, asked in (("", {}), ("stroke", {"expertise": ("stroke",)})):
        by_area = counts(area="", facet=facet, at=A_MOMENT).by_area
        for area in ("UK", "ENG", "WLS", "ENG-NW", "ENG-SW", "ENG-SE", "county-kent", "CD-JE"):
            assert by_area.get(area, 0) == found(area=area, **asked), area
        for code in ("CF", "CH", "BH", "M", "JE", "SY"):
            place = nearby().places[code]
            assert by_area.get(f"pc-{code}", 0) == found(place=place, **asked), code


def test_the_numbers_of_an_area_are_those_of_its_expertise_and_groups():
    some_members()
    recount(at=A_MOMENT)

    by_facet = counts(area="WLS", facet="", at=A_MOMENT).by_facet

    # Stroke serves adults; children are served by the general area for them.
    assert by_facet == {
        "": 5, "stroke": 4, "paediatric": 1, "group-adults": 4, "group-children": 1,
    }  # fmt: skip
    assert by_facet["group-children"] == found(area="WLS", group="children")


@pytest.mark.parametrize(("minutes", "is_known"), [(10, True), (11, False)])
def test_numbers_older_than_ten_minutes_are_not_shown(client, the_day, minutes, is_known):
    assign(make_listing().person)
    recount(at=A_MOMENT)

    the_day.move_to(A_MOMENT + dt.timedelta(minutes=minutes))

    text = client.get("/directory/").content.decode()
    assert ("Acquired and traumatic brain injury (1)</option>" in text) == is_known
    assert ("Choose on a map" in text) == is_known


def test_a_choice_that_would_find_nobody_cannot_be_taken(client):
    assign(make_listing(areas=("WLS",)).person)
    recount(at=A_MOMENT)

    text = client.get("/directory/", {"area": "WLS"}).content.decode()

    assert '<option value="stroke" disabled>Stroke (0)</option>' in text
    assert '<option value="brain_injury">Acquired and traumatic brain injury (1)</option>' in text
    assert '<option value="WLS" selected>Wales (1)</option>' in text


def test_counting_again_leaves_nothing_of_before():
    listing = make_listing(areas=("WLS",))
    recount(at=A_MOMENT)
    listing.opted_in_at = None
    listing.save()

    recount(at=A_MOMENT)

    assert counts(area="", facet="", at=A_MOMENT).by_area == {"": 0}
    assert set(Tally.objects.values_list("key", flat=True)) == {"area ", "facet ", "standing"}


def test_the_map_leads_to_each_postcode_area_and_says_the_same_in_words(client):
    make_listing(areas=("WLS",))
    recount(at=A_MOMENT)

    text = client.get("/directory/", {"expertise": ""}).content.decode()

    assert text.count("<circle cx") == 124 + 1  # and one in the society's sign
    assert '<a href="/directory/?postcode=CF">Cardiff (CF): 1</a>' in text
    assert 'href="/directory/?postcode=CF" tabindex="-1"><circle' in text
    assert 'href="/directory/?postcode=AB"' not in text


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (1, "1"), (10, "10"), (11, "about 10"), (14, "about 10"), (15, "about 15"),
     (99, "about 95"), (100, "100+"), (64_000, "100+")],
)  # fmt: skip
def test_large_numbers_are_told_roughly(number, words):
    assert rounded(number) == words
