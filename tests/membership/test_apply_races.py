"""Two windows, or a double click, at the very same moment: one effect."""

import pytest
from django.test import Client

from membership.models import Application, Referee
from tests.factories import make_person
from tests.membership import applying
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def post_at_once(user, path, typed):
    """Post the same twice from two windows; the codes of both answers."""

    def post():
        client = Client()
        client.force_login(user)
        return client.post(path, typed).status_code

    return at_once([post] * 2)


def test_starting_at_once_makes_one_application():
    person = make_person()

    codes = post_at_once(person.user, "/apply/", {"type": "associate"})

    assert codes == [302, 302]
    assert Application.objects.count() == 1


def test_naming_the_same_referee_at_once_names_one():
    person = make_person()
    client = Client()
    client.force_login(person.user)
    applying.start(client, "associate")

    codes = post_at_once(person.user, "/apply/referees/1/", applying.FIRST_REFEREE)

    assert codes == [302, 302]
    assert Referee.objects.count() == 1
