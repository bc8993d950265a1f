"""Two clicks at one moment: one effect."""

import pytest

from directory import publishing
from directory.models import Listing
from foundation import history
from tests.directory.make import TODAY, make_listing
from tests.factories import A_MOMENT, make_member
from tests.races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def test_joining_twice_at_once_writes_one_line():
    person = make_member()
    make_listing(person, opted_in_at=None)

    def join():
        publishing.opt_in(person_id=person.pk, by=person.user, at=A_MOMENT, on=TODAY)

    at_once([join] * 3)

    assert [event.verb for event in history.of(person.history_key)] == ["opted in to the directory"]


def test_saving_a_first_listing_twice_at_once_makes_one():
    person = make_member()
    shown = publishing.Shown("Perdita Example", area_codes=("WLS",))

    def save():
        publishing.save_listing(person_id=person.pk, shown=shown, by=person.user, at=A_MOMENT)

    at_once([save] * 2)

    assert Listing.objects.get(person=person).slug == "perdita-example"


def test_two_people_of_one_name_saving_at_once_get_an_address_each():
    people = [make_member(), make_member()]
    shown = publishing.Shown("Perdita Example", area_codes=("WLS",))

    def save(person):
        publishing.save_listing(person_id=person.pk, shown=shown, by=person.user, at=A_MOMENT)

    at_once(lambda person=person: save(person) for person in people)

    assert set(Listing.objects.values_list("slug", flat=True)) == {
        "perdita-example",
        "perdita-example-2",
    }
