"""The demo is filled on whatever day it is started."""

import datetime as dt

import pytest

from cmsuk.made_up import people, portal
from membership.models import Application

pytestmark = pytest.mark.django_db


def test_the_demo_is_filled_the_same_on_a_leap_day():
    portal.fill(now=dt.datetime(2028, 2, 29, 9, 0, tzinfo=dt.UTC))

    assert Application.objects.count() > len(people.LISTED)
