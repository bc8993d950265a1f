"""Two windows, or a double click, at the very same moment: one effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from membership.models import Application, Referee
from tests.factories import make_person
from tests.membership import applying

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(user, path, typed):
    """Post the same twice from two windows; the codes of both answers."""

    def post():
        client = Client()
        client.force_login(user)
        try:
            return client.post(path, typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as windows:
        return sorted(future.result() for future in [windows.submit(post) for _ in range(2)])


def test_starting_at_once_makes_one_application():
    person = make_person()

    codes = at_once(person.user, "/apply/", {"type": "associate"})

    assert codes == [302, 302]
    assert Application.objects.count() == 1


def test_naming_the_same_referee_at_once_names_one():
    person = make_person()
    client = Client()
    client.force_login(person.user)
    applying.start(client, "associate")

    codes = at_once(person.user, "/apply/referees/1/", applying.FIRST_REFEREE)

    assert codes == [302, 302]
    assert Referee.objects.count() == 1
