"""What must always be true of listings and enquiries, tried against the database."""

import datetime as dt

import pytest
from django.db import IntegrityError

from directory.models import Area, Enquiry, Listing, Outcode, Photo, Reply, Seen, Unmet
from tests.directory.make import make_listing, send_enquiry
from tests.factories import A_MOMENT, make_member

pytestmark = pytest.mark.django_db


def test_the_places_are_there_from_the_start():
    assert Area.objects.count() == 112 + 124
    assert Outcode.objects.count() == 3090


def test_a_border_district_knows_both_regions_and_its_postcode_area():
    district = Outcode.objects.select_related("postcode_area").get(code="BH23")

    assert district.region_codes == ("ENG-SW", "ENG-SE")
    assert str(district.postcode_area) == "Bournemouth (BH)"
    assert str(district) == "BH23"


def test_a_listing_without_a_name_is_refused():
    with pytest.raises(IntegrityError):
        make_listing(public_name="")


def test_a_listing_without_an_address_is_refused():
    with pytest.raises(IntegrityError):
        make_listing(slug="")


def test_two_listings_of_one_address_are_refused():
    make_listing(slug="perdita-example")

    with pytest.raises(IntegrityError):
        make_listing(slug="perdita-example")


def test_two_listings_of_one_person_are_refused():
    person = make_member()
    make_listing(person)

    with pytest.raises(IntegrityError):
        make_listing(person, slug="another")


def test_a_base_without_miles_is_refused():
    with pytest.raises(IntegrityError):
        make_listing(base="CF14", radius_miles=None)


def test_miles_without_a_base_are_refused():
    with pytest.raises(IntegrityError):
        make_listing(radius_miles=10)


@pytest.mark.parametrize("miles", [0, 201])
def test_miles_outside_1_to_200_are_refused(miles):
    with pytest.raises(IntegrityError):
        make_listing(base="CF14", radius_miles=miles)


@pytest.mark.parametrize("miles", [1, 200])
def test_1_and_200_miles_are_kept(miles):
    listing = make_listing(base="CF14", radius_miles=miles)

    assert Listing.objects.get().radius_miles == listing.radius_miles == miles


@pytest.mark.parametrize("field", ["name", "email", "message"])
def test_an_enquiry_says_who_and_what(field):
    said = {"name": "Dr Owen Invented", "email": "owen@example.org", "message": "Please call."}

    with pytest.raises(IntegrityError):
        Enquiry.objects.create(listing=make_listing(), sent_at=A_MOMENT, **{**said, field: ""})


def test_taking_cases_again_from_a_day_while_taking_them_is_refused():
    with pytest.raises(IntegrityError):
        make_listing(taking_cases=True, taking_again_on=A_MOMENT.date())


def test_a_pause_with_an_end_and_no_beginning_is_refused():
    with pytest.raises(IntegrityError):
        make_listing(pause_ends_on=A_MOMENT.date())


def test_an_empty_photo_is_refused():
    with pytest.raises(IntegrityError):
        Photo.objects.create(listing=make_listing(), content=b"", added_at=A_MOMENT)


def test_one_enquiry_to_one_member_twice_is_refused():
    one = send_enquiry(make_listing())
    one.pk = None

    with pytest.raises(IntegrityError):
        one.save(force_insert=True)


@pytest.mark.parametrize("wrong", [{"message": ""}, {"author": "stranger"}])
def test_an_answer_without_words_or_of_somebody_else_is_refused(wrong):
    facts = {"author": "member", "message": "Gladly.", "sent_at": A_MOMENT, **wrong}

    with pytest.raises(IntegrityError):
        Reply.objects.create(enquiry=send_enquiry(make_listing()), **facts)


@pytest.mark.parametrize("model", [Seen, Unmet])
def test_figures_stand_under_the_first_of_a_month(model):
    named = {"listing": make_listing()} if model is Seen else {"area": "WLS"}

    with pytest.raises(IntegrityError):
        model.objects.create(month=dt.date(2026, 11, 2), **named)


@pytest.mark.parametrize("model", [Seen, Unmet])
def test_a_month_is_counted_in_one_row(model):
    named = {"listing": make_listing()} if model is Seen else {"area": "WLS"}
    model.objects.create(month=dt.date(2026, 11, 1), **named)

    with pytest.raises(IntegrityError):
        model.objects.create(month=dt.date(2026, 11, 1), **named)
