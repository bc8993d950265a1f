"""How many are looked at, what is kept for a while, and that neither changes who is found."""

import datetime as dt

import pytest

from directory import counting
from directory.counting import Counts, counts, recount
from directory.filters import Filters
from directory.matching import asked
from directory.models import Listing, Outcode
from directory.nearby import MOST_LOOKED_UP, based_in, nearby
from directory.search import Search, _looked_at
from directory.vocabulary import vocabulary
from foundation.prepared import blanks, enough_blanks, prepare
from tests.directory.make import TODAY, assign, make_listing
from tests.factories import A_MOMENT, make_registration

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def everywhere(at: dt.datetime) -> Counts:
    return counts(area="", facet="", at=at)


def test_numbers_are_read_once_a_minute(django_assert_num_queries):
    make_listing()
    recount(at=A_MOMENT)
    first = everywhere(A_MOMENT)

    with django_assert_num_queries(0):
        kept = everywhere(A_MOMENT + MINUTE - SECOND)
    with django_assert_num_queries(1):
        anew = everywhere(A_MOMENT + MINUTE)

    assert kept is first
    assert anew.by_area == first.by_area


def test_kept_numbers_are_never_older_than_ten_minutes():
    make_listing()
    recount(at=A_MOMENT)
    everywhere(A_MOMENT + 10 * MINUTE - SECOND)

    assert everywhere(A_MOMENT + 10 * MINUTE).is_known
    assert not everywhere(A_MOMENT + 10 * MINUTE + SECOND).is_known


def test_what_nobody_counted_is_not_kept(django_assert_num_queries):
    everywhere(A_MOMENT)

    with django_assert_num_queries(1):
        everywhere(A_MOMENT)


def test_only_so_many_numbers_are_kept():
    recount(at=A_MOMENT)

    for area in range(counting.MOST_KEPT + 1):
        counts(area=f"area {area}", facet="", at=A_MOMENT)

    assert len(counting._kept) == 1


def test_the_share_in_good_standing_is_counted():
    kept, *_others = [make_listing() for _number in range(4)]
    for listing in Listing.objects.exclude(pk=kept.pk):
        listing.person.membership.resigned_on = TODAY
        listing.person.membership.save()

    recount(at=A_MOMENT)

    assert everywhere(A_MOMENT).share == 0.25


@pytest.mark.parametrize(
    ("share", "looked_at"), [(0, 68), (1, 26), (1.01, 26), (0.9, 29), (0.5, 62), (0.01, 256)]
)
def test_as_many_are_looked_at_as_hardly_ever_leave_a_page_unfilled(share, looked_at):
    search = Search(Filters(), vocabulary(), TODAY, share=share)

    assert _looked_at(search, 21) == looked_at


@pytest.mark.parametrize("share", [0, 0.25, 1])
def test_whatever_share_is_expected_the_same_are_found(share):
    """Far fewer are in good standing than the share lets expect, and they come last."""
    listings = [make_listing() for _number in range(70)]
    for lot, listing in enumerate(listings):
        listing.lot = f"{lot:02}"
        listing.save()
        if lot < 60:
            listing.person.membership.resigned_on = TODAY
            listing.person.membership.save()

    page = Search(Filters(), vocabulary(), TODAY, share=share).page(size=3)

    assert page.listings == tuple(one.pk for one in listings[60:63])
    assert page.has_more


def test_an_expired_registration_hides_its_expertise_from_the_search():
    """The registration that expertise names must hold, though another one does."""
    listing = make_listing()
    make_registration(listing.person, expires_on=TODAY - dt.timedelta(days=1))
    assign(listing.person, "stroke")
    make_registration(listing.person, body="HCPC", profession="occupational_therapist")

    found = Search(Filters(expertise=("stroke",)), vocabulary(), TODAY).page().listings

    assert Search(Filters(), vocabulary(), TODAY).page().listings == (listing.pk,)
    assert found == ()


def test_a_group_that_an_area_of_expertise_serves_asks_for_nothing_more():
    words = vocabulary()
    [served] = [code for code in words.serving("children") if code == "paediatric"]
    other = next(code for code, _label in words.expertise if code not in words.serving("children"))

    assert asked(Filters(expertise=(served,), group="children"), words) == [(served,)]
    assert asked(Filters(expertise=(other,), group="children"), words) == [
        (other,),
        words.serving("children"),
    ]


def test_few_bases_are_looked_up_and_many_compared_to_the_same_end():
    near, far, none = make_listing(base="CF14"), make_listing(base="M1"), make_listing()
    others = [code for code in nearby().places if code not in ("CF14", "M1")]
    few, many = ["CF14"], ["CF14", *others[:MOST_LOOKED_UP]]

    found = [set(Listing.objects.filter(based_in(codes))) for codes in (few, many)]
    outside = [set(Listing.objects.exclude(based_in(codes))) for codes in (few, many)]

    assert found == [{near}, {near}]
    assert outside == [{far, none}, {far, none}]


@pytest.mark.parametrize(("asked_for", "size"), [(0, 32), (32, 32), (33, 64), (65, 128)])
def test_blanks_come_in_few_sizes(asked_for, size):
    assert enough_blanks(range(asked_for)) == size


def test_blanks_that_are_left_over_ask_for_nobody():
    listing = make_listing()
    ask = prepare(Listing.objects.filter(pk__in=blanks(3)).order_by().values_list("pk"))

    assert ask.rows([listing.pk]) == [(listing.pk,)]
    with pytest.raises(ValueError, match="3 blanks at most"):
        ask.rows([1, 2, 3, 4])


def test_a_page_near_a_place_goes_on_without_a_gap_to_the_very_last():
    """Every band: a base around, one that is too far for its miles, one far away, and none."""
    for base in ("CF14", "CF24", "NP20", "BS1", "SA1", "LD1", "M1", "ZE1", ""):
        make_listing(areas=("UK",), base=base)
        make_listing(areas=("WLS",), base=base)
        make_listing(areas=(), base=base)
    search = Search(Filters(place=Outcode.objects.get(code="CF14")), vocabulary(), TODAY)
    together = search.page(size=30)
    mark, one_by_one = None, []

    while True:
        page = search.page(mark, size=1)
        if not page.entries:
            break
        one_by_one += page.listings
        mark = page.entries[-1].mark

    assert tuple(one_by_one) == together.listings
    assert len(one_by_one) == 18 + 4
