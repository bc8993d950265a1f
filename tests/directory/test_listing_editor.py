"""The member's side: what is shown, joining and leaving, and who may."""

import datetime as dt
import re

import pytest

from directory.models import Listing
from directory.standing import listing_card
from foundation import history
from membership.types import MembershipType
from tests.directory.make import TODAY, make_listing
from tests.factories import A_MOMENT, make_clerk, make_fee, make_member, make_officer, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]

URL = "/profile/listing/"
JOIN, LEAVE = f"{URL}opt-in/", f"{URL}opt-out/"


@pytest.fixture
def member():
    return make_member(make_person(given_name="Priya", family_name="Sample"))


def written(**changes) -> dict[str, object]:
    return {
        "public_name": "Priya Sample",
        "about": "Brain injury since 2009.",
        "taking_cases": "on",
        "shows_town": "on",
        "shows_registration": "on",
        "shows_photo": "on",
        "in_search_engines": "on",
        "base": "cf14 4xw",
        "radius_miles": "40",
        "areas": ["WLS", "county-gwent"],
        **changes,
    }


def is_visible() -> bool:
    return Listing.objects.visible(TODAY).exists()


def test_the_editor_starts_from_the_persons_name_and_shows_nobody(client, member):
    client.force_login(member.user)

    response = client.get(URL)

    assert response.context["form"].initial == {
        "public_name": "Priya Sample",
        "taking_cases": True,
        "shows_town": True,
        "shows_registration": True,
        "shows_photo": True,
        "in_search_engines": True,
    }
    assert "You are not in the directory." in response.content.decode()
    assert not Listing.objects.exists()


def test_saving_keeps_the_listing_and_shows_a_preview_but_not_the_listing(client, member):
    client.force_login(member.user)

    response = client.post(URL, written(), follow=True)

    listing = Listing.objects.get()
    assert (listing.person, listing.slug, listing.base_id, listing.radius_miles) == (
        member,
        "priya-sample",
        "CF14",
        40,
    )
    assert {area.pk for area in listing.areas.all()} == {"WLS", "county-gwent"}
    assert response.context["page"].card.town == "Cardiff"
    assert "As the public sees you" in response.content.decode()
    assert not is_visible()


def test_joining_is_one_click_and_shows_at_once(client, member):
    client.force_login(member.user)
    client.post(URL, written())

    client.post(JOIN)

    names = [card.name for card in client.get("/directory/?postcode=CF14").context["results"].cards]
    assert names == ["Priya Sample"]


def test_saving_and_joining_can_be_one_step(client, member):
    client.force_login(member.user)

    response = client.post(URL, written(opt_in="1"), follow=True)

    assert is_visible()
    assert "You are in the directory. Purchasers can find you now." in response.content.decode()


def test_leaving_is_one_click_and_hides_at_once(client, member):
    make_listing(member, public_name="Priya Sample")
    client.force_login(member.user)

    client.post(LEAVE)

    assert list(client.get("/directory/").context["results"].cards) == []
    assert Listing.objects.get().public_name == "Priya Sample"


def test_joining_and_leaving_twice_write_one_line_each(client, member):
    client.force_login(member.user)
    client.post(URL, written())

    for path in (JOIN, JOIN, LEAVE, LEAVE):
        client.post(path)

    assert [event.verb for event in history.of(member.history_key)] == [
        "opted out of the directory",
        "opted in to the directory",
        "changed what the directory shows",
        "changed the directory listing",
    ]


def test_changing_what_is_shown_leaves_it_shown(client, member):
    listing = make_listing(member)
    client.force_login(member.user)

    client.post(URL, written(public_name="P. Sample", taking_cases=""))

    listing.refresh_from_db()
    assert (listing.public_name, listing.slug, listing.taking_cases) == (
        "P. Sample",
        "p-sample",
        False,
    )
    assert is_visible()


def test_a_second_member_of_the_same_name_gets_an_address_of_their_own(client, member):
    make_listing(public_name="Priya Sample", slug="priya-sample")
    client.force_login(member.user)

    client.post(URL, written())
    client.post(URL, written(about="Changed."))

    assert Listing.objects.get(person=member).slug == "priya-sample-2"


def test_a_name_without_latin_letters_gets_an_address_too(client, member):
    client.force_login(member.user)

    client.post(URL, written(public_name="李小龙"))

    assert Listing.objects.get().slug == "case-manager"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("public_name", ""),
        ("public_name", "x" * 121),
        ("about", "Write to me: priya@example.org"),
        ("about", "Call 020 7946 0123"),
        ("about", "Call +44 (0)7700 900123"),
        ("about", "I live at CF14 4XW."),
        ("about", "x" * 1501),
        ("base", "BFPO 12"),
        ("base", ""),
        ("radius_miles", ""),
        ("radius_miles", "0"),
        ("radius_miles", "201"),
        ("radius_miles", "far"),
        ("areas", ["nowhere"]),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(client, member, field, typed):
    client.force_login(member.user)

    response = client.post(URL, written(**{field: typed}))

    assert list(response.context["form"].errors) == [field]
    assert 'id="id_areas_county-gwent" checked' in response.content.decode() or field == "areas"
    assert not Listing.objects.exists()


@pytest.mark.parametrize("typed", ["20", " 20 ", "20 miles", "20mi", "20 Mile", "20 mi."])
def test_miles_are_taken_as_people_write_them(client, member, typed):
    client.force_login(member.user)

    client.post(URL, written(radius_miles=typed))

    assert Listing.objects.get().radius_miles == 20


def test_the_miles_have_no_spinner(client, member):
    client.force_login(member.user)

    page = client.get(URL).text

    assert re.search(r'<input type="text" name="radius_miles"[^>]* inputmode="numeric"', page)


def test_neither_area_nor_base_is_asked_for_one(client, member):
    client.force_login(member.user)

    response = client.post(URL, written(areas=[], base="", radius_miles=""))

    assert response.context["form"].errors == {
        "areas": ["Choose at least one area, or enter where you travel from."]
    }


@pytest.mark.parametrize("about", ["20 years, 2,500 hours, since 2009", "Levels 4 5 6 7", "PE 7"])
def test_figures_that_are_no_contact_details_are_fine(client, member, about):
    client.force_login(member.user)

    client.post(URL, written(about=about))

    assert Listing.objects.get().about == about


def test_joining_without_a_listing_says_to_write_one(client, member):
    client.force_login(member.user)

    response = client.post(JOIN, follow=True)

    assert "Write your listing first" in response.content.decode()


@pytest.mark.parametrize("path", [URL, JOIN, LEAVE])
def test_strangers_are_asked_to_log_in(client, path):
    response = client.post(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", [JOIN, LEAVE])
def test_a_link_alone_changes_nothing(client, member, path):
    client.force_login(member.user)

    assert client.get(path).status_code == 405


def test_a_member_changes_only_their_own_listing(client, member):
    other = make_listing(public_name="Somebody Else", slug="somebody-else")
    client.force_login(member.user)

    client.post(URL, written())
    client.post(LEAVE)

    other.refresh_from_db()
    assert (other.public_name, other.is_opted_in) == ("Somebody Else", True)


def applicant():
    return make_person()


def approved_unpaid():
    person = make_person()
    make_fee(person)
    return person


def associate():
    return make_member(type=MembershipType.ASSOCIATE)


def in_grace():
    return make_member(ends_on=TODAY - dt.timedelta(days=1))


def lapsed():
    return make_member(ends_on=TODAY - dt.timedelta(days=31))


def suspended():
    person = make_member()
    membership = person.membership
    membership.suspended_at, membership.suspended_by = A_MOMENT, make_officer()
    membership.suspension_reason = "Under review."
    membership.save()
    return person


def resigned():
    person = make_member()
    person.membership.resigned_on = TODAY
    person.membership.save()
    return person


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (applicant, "when your Case Manager membership is active"),
        (approved_unpaid, "when your Case Manager membership is active"),
        (associate, "The directory lists Case Manager members only. Your membership type is"),
        (in_grace, "Your membership has ended"),
        (lapsed, "Your membership has ended"),
        (suspended, "Your membership is suspended"),
        (resigned, "You have given up your membership"),
    ],
)
def test_who_may_not_be_listed_reads_why_and_can_change_nothing(client, make, words):
    person = make()
    client.force_login(person.user)

    page = client.get(URL)
    client.post(URL, written(opt_in="1"))
    joined = client.post(JOIN, follow=True)

    assert words in page.content.decode()
    assert words in joined.content.decode()
    assert words in listing_card(person, TODAY).status.words
    assert not Listing.objects.exists()


def test_who_lost_standing_may_still_leave(client):
    person = lapsed()
    make_listing(person)
    client.force_login(person.user)

    page = client.get(URL).content.decode()
    client.post(LEAVE)

    assert "Leave the directory for good" in page
    assert not Listing.objects.get().is_opted_in


def test_staff_without_a_membership_have_no_listing(client):
    client.force_login(make_clerk())

    assert "when your Case Manager membership is active" in client.get(URL).content.decode()


def test_the_profile_card_offers_then_confirms(member):
    offered = listing_card(member, TODAY)
    listing = make_listing(member)
    confirmed = listing_card(member, TODAY)

    assert (offered.status.words, offered.public_url) == ("You are not in the directory.", "")
    assert confirmed.status.words == "You are in the directory."
    assert confirmed.public_url == f"/directory/{listing.slug}/"
    assert offered.status.url == confirmed.status.url == URL
