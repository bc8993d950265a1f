"""A member who wrote that they leave: the office follows, and nobody without permission."""

import datetime as dt

import pytest
from django.urls import reverse

from membership import standing
from tests.factories import (
    A_DAY,
    make_clerk,
    make_member,
    make_officer,
)
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
DAY = dt.timedelta(days=1)


def test_the_office_follows_a_letter():
    person = make_member()
    client = browser_of(make_officer())
    own = reverse("admin:membership_membership_change", args=[person.membership.pk])
    url = reverse("admin:membership_resign", args=[person.membership.pk])

    assert f'href="{url}"' in client.get(own).content.decode()
    assert "They leave" in client.get(url).content.decode()
    client.post(url)

    assert standing.of(person, A_DAY).state == "resigned"
    assert "left on 22 November 2026" in client.get(url).content.decode()
    assert f'href="{url}"' not in client.get(own).content.decode()


def test_staff_without_permission_end_nothing():
    person = make_member()
    url = reverse("admin:membership_resign", args=[person.membership.pk])

    assert browser_of(make_clerk()).post(url).status_code == 403
    assert standing.of(person, A_DAY).state == "active"
