"""The address that reaches nobody is the same, whoever writes it."""

import pytest

from foundation.nameless import nobodys_address, nobodys_addresses, shown
from membership.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_the_database_writes_the_address_that_we_write():
    people = [make_person(), make_person()]

    Person.objects.update(email=nobodys_addresses())

    assert list(Person.objects.order_by("pk").values_list("email", flat=True)) == [
        nobodys_address(one.pk) for one in people
    ]


def test_the_address_of_nobody_is_told_in_words_and_others_as_they_are():
    assert shown(nobodys_address(44)) == "Erased"
    assert shown("perdita@example.org") == "perdita@example.org"
