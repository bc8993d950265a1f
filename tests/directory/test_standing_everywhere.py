"""Every way of losing standing: gone at the next request, from every page, with no code run."""

import datetime as dt

import pytest
import time_machine

from directory.counting import recount
from directory.models import Listing, Photo
from membership.models import Membership, Person, Registration
from membership.types import MembershipType
from tests.directory.make import TODAY, assign, make_listing
from tests.factories import A_MOMENT, make_fee, make_member, make_officer, make_person

pytestmark = pytest.mark.django_db

LAST_DAY = dt.date(2026, 12, 15)
NAME, SLUG = "Priya Sample", "priya-sample"
PAGES = (
    "/directory/",
    "/directory/?area=WLS",
    "/directory/?expertise=brain_injury",
    "/directory/?postcode=CF14",
    "/directory/?postcode=CF14&miles=25&expertise=brain_injury",
    f"/directory/{SLUG}/",
    f"/directory/{SLUG}/photo/",
    f"/directory/{SLUG}/contact/",
    f"/directory/{SLUG}/contact/sent/",
    f"/directory/ask/?to={SLUG}",
    "/directory/shortlist/",
    "/directory/sitemap.xml",
)


def suspend(person):
    Membership.objects.filter(person=person).update(
        suspended_at=A_MOMENT, suspended_by=make_officer(), suspension_reason="Under review."
    )


def resign(person):
    Membership.objects.filter(person=person).update(resigned_on=TODAY)


def opt_out(person):
    Listing.objects.filter(person=person).update(opted_in_at=None)


def pause(person):
    Listing.objects.filter(person=person).update(paused_at=A_MOMENT)


def change_type(person):
    person.fees.update(ends_on=TODAY - dt.timedelta(days=1))
    make_fee(
        person,
        type=MembershipType.SUPPORTER,
        purpose="upgrade",
        settled_on=TODAY,
        starts_on=TODAY,
        ends_on=LAST_DAY,
    )


def remove_registration(person):
    Registration.objects.filter(person=person).update(status="removed")


def die(person):
    Person.objects.filter(pk=person.pk).update(
        died_on=TODAY, death_recorded_at=A_MOMENT, death_recorded_by=make_officer()
    )


def merge(person):
    Person.objects.filter(pk=person.pk).update(merged_into=make_person())


@pytest.fixture
def the_day():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(the_day, client):
    person = make_member(ends_on=LAST_DAY)
    listing = make_listing(person, slug=SLUG, public_name=NAME, base="CF24", edited_at=A_MOMENT)
    Photo.objects.create(listing=listing, content=b"A picture", added_at=A_MOMENT)
    assign(person)
    client.post("/directory/shortlist/", {"add": SLUG})
    recount(at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    return person


def shows(client):
    """The pages that say anything of her, whether they answer or not."""
    told = (NAME.encode(), b"/directory/priya-sample/", b"A picture")
    answers = {page: client.get(page).content for page in PAGES}
    return {page for page, content in answers.items() if any(one in content for one in told)}


WAYS = [suspend, resign, opt_out, pause, change_type, remove_registration, die, merge]


def test_an_active_member_is_on_all_of_them(client, person):
    assert shows(client) == set(PAGES)


@pytest.mark.parametrize("lose", WAYS)
def test_whoever_loses_standing_is_on_none_of_them(client, person, lose):
    before = shows(client)

    lose(person)

    assert before == set(PAGES)
    assert shows(client) == set()


def test_a_lapsed_member_is_gone_at_midnight(client, person, the_day):
    the_day.move_to(dt.datetime(2026, 12, 15, 23, 59, tzinfo=dt.UTC))
    last_minute = shows(client)

    the_day.move_to(dt.datetime(2026, 12, 16, 0, 0, tzinfo=dt.UTC))

    assert last_minute == set(PAGES)
    assert shows(client) == set()


def test_a_hidden_field_of_a_visible_member_is_on_no_page(client, person):
    Listing.objects.update(shows_town=False, shows_registration=False, shows_photo=False)

    answers = [client.get(page).content.decode() for page in PAGES]

    assert NAME in answers[0]
    assert [
        page for page in answers if "Near Cardiff" in page or "registration checked" in page
    ] == []
    assert [page for page in answers if "A picture" in page or "/photo/" in page] == []


@pytest.mark.parametrize("page", [f"/directory/{SLUG}/", f"/directory/{SLUG}/photo/"])
def test_nobody_in_between_keeps_a_members_page(client, person, page):
    assert "no-store" in client.get(page)["Cache-Control"]


def test_who_opts_out_of_search_engines_is_not_in_the_sitemap_and_says_noindex(client, person):
    before = client.get(f"/directory/{SLUG}/").content.decode()
    Listing.objects.update(in_search_engines=False)

    after = client.get(f"/directory/{SLUG}/").content.decode()

    assert "application/ld+json" in before
    assert "noindex" not in before
    assert "application/ld+json" not in after
    assert '<meta name="robots" content="noindex">' in after
    assert SLUG not in client.get("/directory/sitemap.xml").content.decode()
