"""Several workers at the lots of one change of rules, and an owner at work beside them."""

import datetime as dt

import pytest

from records import moves_page, redating, register
from records.models import ClientRecord, Redating
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.races import at_once
from tests.records.records import make_draft_retention_rules, make_record, make_retention_rules

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def small_lots(monkeypatch):
    monkeypatch.setattr(redating, "LOT_KEYS", 2)


def records():
    owner = make_person()
    return [make_record(owner) for _each in range(20)]


def test_workers_share_the_lots_and_do_each_once():
    records()
    make_retention_rules(adult_years=10)
    begun = redating.begin_due(on=A_DAY, at=A_MOMENT)
    done = []

    at_once([lambda: done.append(redating.work_off(begun, on=A_DAY, at=A_MOMENT))] * 4)

    begun.refresh_from_db()
    assert sum(done) == 20
    assert begun.finished_at is not None
    assert moves_page.of(begun).total.later == 20
    assert set(ClientRecord.objects.values_list("retain_until", flat=True)) == {
        dt.date(2032, 6, 15)
    }


def test_beginning_twice_at_once_plans_once():
    records()
    rules = make_retention_rules()
    draft = make_draft_retention_rules()

    at_once([lambda: redating.begin_due(on=A_DAY, at=A_MOMENT)] * 4)
    at_once([lambda: redating.try_out(draft, at=A_MOMENT)] * 4)

    lots = [one.lots.count() for one in Redating.objects.filter(rules__in=[rules, draft])]
    assert lots == [10, 10]


def test_what_an_owner_does_meanwhile_stays():
    theirs = records()
    make_retention_rules(adult_years=10)
    begun = redating.begin_due(on=A_DAY, at=A_MOMENT)

    def hold():
        for record in theirs:
            register.open_hold(
                record_id=record.pk,
                kind="legal",
                opened_on=dt.date(2026, 2, 1),
                by=record.owner.user,
                at=A_MOMENT,
            )

    at_once([hold, *[lambda: redating.work_off(begun, on=A_DAY, at=A_MOMENT)] * 2])

    assert set(ClientRecord.objects.values_list("status", "rule_set")) == {("on_hold", "2026-2")}
