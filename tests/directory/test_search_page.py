"""The public search page: filters, results, nothing found, nothing leaked."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import cache

from directory.postcodes import CANNOT_PLACE
from tests.directory.make import TODAY, assign, make_listing
from tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

URL = "/directory/"


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(TODAY, tick=False):
        yield


def names(response) -> set[str]:
    return {card.name for card in response.context["results"].cards}


def test_everybody_may_search_without_an_account(client):
    make_listing(public_name="Priya Sample")

    response = client.get(URL)

    assert response.status_code == 200
    assert names(response) == {"Priya Sample"}


def test_every_filter_starts_with_any(client):
    lists = client.get(URL).context["lists"]

    firsts = {name: drawn.partition("</option>")[0] for name, drawn in lists.items()}

    assert firsts == {
        "area": '<option value="">Any area',
        "miles": '<option value="">Any distance',
        "expertise": '<option value="">Any expertise',
        "also": '<option value="">Any expertise',
        "group": '<option value="">Anybody',
    }


def test_a_posted_postcode_is_answered_by_an_address_with_the_district_only(client):
    typed = {"postcode": "cf14 4xw", "miles": "25", "expertise": "brain_injury"}

    response = client.post(URL, typed)

    address = urlsplit(response["Location"])
    assert response.status_code == 302
    assert address.path == URL
    assert parse_qs(address.query) == {
        "postcode": ["CF14"],
        "miles": ["25"],
        "expertise": ["brain_injury"],
    }


def test_a_full_postcode_in_an_address_is_sent_on_to_its_district(client):
    response = client.get(URL, {"postcode": "CF14 4XW"})

    assert response["Location"] == "/directory/?postcode=CF14#results"


def test_the_district_stays_where_it_is(client):
    assert client.get(URL, {"postcode": "CF14"}).status_code == 200


def test_a_town_is_a_place_too(client):
    assert (
        client.post(URL, {"postcode": "cardiff"})["Location"] == "/directory/?postcode=CF#results"
    )


def test_results_say_about_how_far_what_and_where(client):
    listing = make_listing(base="CF24", public_name="Priya Sample")
    assign(listing.person)

    response = client.get(URL, {"postcode": "CF14", "miles": "25", "expertise": "brain_injury"})

    text = response.content.decode()
    assert names(response) == {"Priya Sample"}
    assert "About 2 miles" in text
    assert "Acquired and traumatic brain injury" in text
    assert "Near Cardiff, travels up to 30 miles" in text
    assert "Wales" in text
    assert "Nursing and Midwifery Council, registration checked on 22 November 2026" in text
    assert 'href="/directory/listing-' in text


@pytest.mark.parametrize("typed", ["BFPO 12", "GIR 0AA", "S94 1AA", "ZZ9 9ZZ"])
def test_a_postcode_without_a_place_says_so_and_keeps_what_was_typed(client, typed):
    make_listing()

    response = client.post(URL, {"postcode": typed, "expertise": "stroke"})

    assert response.status_code == 200
    assert response.context["form"].errors == {"postcode": [CANNOT_PLACE]}
    assert f'value="{typed}"' in response.content.decode()
    offered = '<a href="/directory/?area=ENG-NW&amp;expertise=stroke">North West</a>'
    assert offered in response.content.decode()


def test_a_district_that_is_not_known_falls_back_on_its_area(client):
    assert (
        client.post(URL, {"postcode": "CF77 1AA"})["Location"] == "/directory/?postcode=CF#results"
    )


@pytest.mark.parametrize("typed", ["London", "N", "Ne", "Nowhere-on-Sea", "<script>"])
def test_a_word_that_names_no_single_town_is_refused_or_placed_as_an_area(client, typed):
    response = client.post(URL, {"postcode": typed})

    placed = response.status_code == 302 and typed.upper() in {"N", "NE"}
    assert placed or list(response.context["form"].errors) == ["postcode"]
    assert "<script>" not in response.content.decode()


def test_distance_without_a_place_is_asked_for_one(client):
    errors = client.get(URL, {"miles": "25"}).context["form"].errors

    assert errors == {"postcode": ["Enter a postcode or town to search by distance."]}


@pytest.mark.parametrize("field", ["area", "expertise", "also", "miles"])
def test_an_unknown_choice_is_a_sentence_not_a_crash(client, field):
    response = client.get(URL, {field: "nonsense", "postcode": "CF14"})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("mark", ["0", "-1", "x-y-z", "0-abc-1-2", "²-0-1", "9-ffff-99"])
def test_a_mark_of_no_listing_shows_a_page_all_the_same(client, mark):
    make_listing()

    assert client.get(URL, {"after": mark}).status_code == 200
    assert client.get(URL, {"after": mark, "postcode": "CF14"}).status_code == 200


def test_the_pages_together_show_everybody_once(client):
    listings = [make_listing(public_name=f"Member {number}") for number in range(25)]

    first = client.get(URL, {"area": "WLS"})
    second = client.get(URL + first.context["results"].following)

    assert (len(first.context["results"].cards), len(second.context["results"].cards)) == (20, 5)
    assert names(first) | names(second) == {listing.public_name for listing in listings}
    assert 'rel="next" href="?area=WLS&amp;after=0-' in first.content.decode()
    assert 'href="?area=WLS">First page' in second.content.decode()


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_however_many_are_found_it_takes_four_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        assign(make_listing(areas=("UK", "WLS"), base="CF24").person)
    asked = {"postcode": "CF14", "miles": "25", "area": "WLS", "expertise": "brain_injury"}

    client.get(URL, asked)

    with django_assert_num_queries(4):
        response = client.get(URL, asked)

    assert len(response.context["results"].cards) == rows


def test_nobody_within_the_miles_is_told_how_far_to_look(client):
    for base in ("BS1", "BS2", "BS3"):
        make_listing(areas=("UK",), base=base)

    response = client.get(URL, {"postcode": "CF14", "miles": "25"})

    text = response.content.decode()
    assert "Nobody found" in text
    assert 'href="/directory/?postcode=CF14&amp;miles=50">within 50 miles: 3 case managers' in text
    assert 'href="/directory/?area=WLS">in all of Wales: 3 case managers' in text


def test_the_filter_that_leaves_nobody_is_named(client):
    assign(make_listing(areas=("WLS",)).person, "vocational")

    response = client.get(URL, {"area": "WLS", "expertise": "stroke"})

    assert response.context["results"].blame == "Nobody matches because of the expertise “Stroke”."
    assert [change.words for change in response.context["results"].changes] == ["without “Stroke”"]


def test_filters_that_only_together_leave_nobody_are_said_to(client):
    assign(make_listing(areas=("WLS",)).person, "vocational")
    assign(make_listing(areas=("SCT",)).person, "stroke")

    response = client.get(URL, {"area": "WLS", "expertise": "stroke"})

    assert response.context["results"].blame == "Nobody matches all of these filters together."
    assert {change.words for change in response.context["results"].changes} == {
        "in any area",
        "without “Stroke”",
    }


def test_an_empty_directory_says_so(client):
    make_listing(opted_in_at=None)

    response = client.get(URL)

    assert response.context["results"].blame == "Nobody is listed in the directory today."


def test_offers_never_count_people_who_are_not_shown(client):
    assign(make_listing(areas=("WLS",), opted_in_at=None).person, "vocational")

    response = client.get(URL, {"area": "WLS", "expertise": "stroke"})

    assert response.context["results"].changes == []


def test_the_order_is_explained_and_the_sources_are_named(client):
    make_listing()

    text = client.get(URL).content.decode()

    assert "Nobody can pay for a place in this list." in text
    assert "Contains OS data © Crown copyright and database right 2025" in text
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2025" in text
    assert (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"
        in text
    )


PRIVATE = {
    "email": "private-address@example.org",
    "phone": "+442079460999",
    "address_line_1": "99 Secret Street",
    "address_line_2": "Hidden Flat",
    "town": "Secretham",
    "postcode": "ZE1 9ZZ",
    "given_name": "Officialname",
    "family_name": "Legalname",
    "work_email": "work-address@example.org",
    "work_phone": "+442079460888",
    "work_postcode": "ZE2 8ZZ",
    "work_organisation": "Secret Employer Ltd",
}


def test_no_public_page_tells_home_details_address_or_telephone(client):
    person = make_member(make_person(**PRIVATE))
    listing = make_listing(person, public_name="Priya Sample", slug="priya-sample", base="CF24")
    registration = assign(person).registration
    pages = ["/directory/", "/directory/?postcode=CF14", "/directory/priya-sample/"]
    pages.append("/directory/priya-sample/contact/")
    secrets = {*PRIVATE.values(), person.user.email, "79460999", "7946 0999", "79460888",
               "7946 0888", registration.number, "CF24", str(person.key)}  # fmt: skip

    for page in pages:
        cache.clear()
        text = client.get(page).content.decode()

        assert listing.public_name in text
        assert {secret for secret in secrets if secret in text} == set()


def test_a_strangers_page_shows_the_card_and_how_to_write(client):
    listing = make_listing(slug="priya-sample", about="Twenty years of brain injury work.")

    text = client.get("/directory/priya-sample/").content.decode()

    assert f"<h1>{listing.public_name}</h1>" in text
    assert "Twenty years of brain injury work." in text
    assert 'href="/directory/priya-sample/contact/"' in text


@pytest.mark.parametrize("path", ["", "contact/", "contact/sent/"])
def test_who_is_not_visible_has_no_page(client, path):
    make_listing(slug="priya-sample", opted_in_at=None)

    assert client.get(f"/directory/priya-sample/{path}").status_code == 404
    assert client.get(f"/directory/never-was/{path}").status_code == 404


def test_what_a_member_writes_is_text_not_markup(client):
    make_listing(slug="priya-sample", about="<script>alert(1)</script>")

    text = client.get("/directory/priya-sample/").content.decode()

    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text
