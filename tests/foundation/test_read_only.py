"""A page of the office about one row leaves out what is empty, and what no hand ever changes."""

import pytest
from django.test import Client

from tests.factories import make_fee_rate, make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    client = Client()
    client.force_login(make_officer(email="olive@example.org"))
    return client


def test_a_row_that_is_only_read_shows_what_is_known(office):
    membership = make_member().membership

    page = office.get(f"/admin/membership/membership/{membership.pk}/change/").text

    assert "Joined on" in page
    assert "Suspension reason" not in page
    assert "/history/" not in page


def test_a_row_that_is_changed_by_hand_leads_to_its_changes(office):
    rate = make_fee_rate("student")

    page = office.get(f"/admin/membership/feerate/{rate.pk}/change/").text

    assert f"/admin/membership/feerate/{rate.pk}/history/" in page
