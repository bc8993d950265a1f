"""Two clicks at one moment: one effect."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from directory import publishing
from directory.models import Listing
from foundation import history
from tests.directory.make import TODAY, make_listing
from tests.factories import A_MOMENT, make_member

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def at_once(*actions) -> list[BaseException]:
    """Run the actions in threads that start together; what they raised."""
    together = threading.Barrier(len(actions))

    def run(action):
        together.wait(timeout=10)
        try:
            action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        runs = [threads.submit(run, action) for action in actions]
    return [run.exception() for run in runs if run.exception()]


def test_joining_twice_at_once_writes_one_line():
    person = make_member()
    make_listing(person, opted_in_at=None)

    def join():
        publishing.opt_in(person_id=person.pk, by=person.user, at=A_MOMENT, on=TODAY)

    raised = at_once(join, join, join)

    assert raised == []
    assert [event.verb for event in history.of(person.history_key)] == ["opted in to the directory"]


def test_saving_a_first_listing_twice_at_once_makes_one():
    person = make_member()
    shown = publishing.Shown("Perdita Example", area_codes=("WLS",))

    def save():
        publishing.save_listing(person_id=person.pk, shown=shown, by=person.user, at=A_MOMENT)

    raised = at_once(save, save)

    assert raised == []
    assert Listing.objects.get(person=person).slug == "perdita-example"


def test_two_people_of_one_name_saving_at_once_get_an_address_each():
    people = [make_member(), make_member()]
    shown = publishing.Shown("Perdita Example", area_codes=("WLS",))

    def save(person):
        publishing.save_listing(person_id=person.pk, shown=shown, by=person.user, at=A_MOMENT)

    raised = at_once(*(lambda person=person: save(person) for person in people))

    assert raised == []
    assert set(Listing.objects.values_list("slug", flat=True)) == {
        "perdita-example",
        "perdita-example-2",
    }
