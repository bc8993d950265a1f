"""What the office changes is what every page says at the next request."""

import datetime as dt

import pytest
import time_machine

from membership.models import FeeRate
from tests.factories import make_rules
from tests.records.records import make_retention_rules

pytestmark = pytest.mark.django_db

CHANGED_ON = dt.date(2026, 12, 1)
BEFORE = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def said(client, path, at):
    with time_machine.travel(at):
        return client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/faq/", "/membership/", "/membership/benefits/"])
def test_a_new_fee_is_said_everywhere(client, path):
    FeeRate.objects.create(type="overseas", pence=2575, valid_from=CHANGED_ON)

    before, after = said(client, path, BEFORE), said(client, path, AFTER)

    assert ("£20" in before, "£25.75" in before) == (True, False)
    assert ("£25.75" in after, "£20" in after) == (True, False)


@pytest.mark.parametrize("path", ["/faq/", "/membership/", "/membership/flowchart/"])
def test_a_new_threshold_is_said_everywhere(client, path):
    make_rules(version="later", effective_from=CHANGED_ON, months_required=31, hours_required=3100)

    before, after = said(client, path, BEFORE), said(client, path, AFTER)

    assert ("24 months" in before, "31 months" in before) == (True, False)
    assert ("31 months" in after, "24 months" in after) == (True, False)
    assert "3,100 hours" in after


@pytest.mark.parametrize("path", ["/faq/", "/records/calculator/"])
def test_a_new_retention_rule_is_said_everywhere(client, path):
    make_retention_rules(version="later", adult_years=11, effective_from=CHANGED_ON)

    before, after = said(client, path, BEFORE), said(client, path, AFTER)

    assert "11 years" not in before
    assert "11 years" in after
