"""The office's pages of the retention rules: draft, count, adopt; counts and never a record."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records import redating
from records.models import Redating, RetentionRules
from records.models.rules import FIGURES
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_officer, make_user
from tests.records.records import (
    make_draft_retention_rules,
    make_due_record,
    make_record,
    make_retention_rules,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_officer())
    return client


def moves_of(draft):
    return reverse("admin:retention_rules_moves", args=[draft.pk])


def count_by(office, draft):
    office.post(moves_of(draft))
    trial = Redating.objects.get(rules=draft)
    redating.work_off(trial, on=A_DAY, at=A_MOMENT)
    return trial


def test_the_office_makes_a_draft_counts_and_adopts_it(office):
    make_record(reference="CM-8801")
    figures = {name: getattr(RetentionRules(), name) for name in FIGURES} | {"adult_years": 9}

    office.post(
        reverse("admin:records_retentionrules_add"),
        {"version": "2027-1", "reading": "nhs_2021", **figures},
    )
    draft = RetentionRules.objects.get(version="2027-1")
    before = office.get(moves_of(draft)).text
    count_by(office, draft)
    counted = office.get(moves_of(draft)).text
    adopted = office.post(
        reverse("admin:retention_rules_adopt", args=[draft.pk]),
        {"effective_from": "2090-04-01", "board_minute": "Board, item 4"},
    )

    draft.refresh_from_db()
    assert "Not counted yet." in before
    assert "These rules would move 1 of 1 date." in counted
    assert "0 earlier, 1 later; 0 would be due for review at once." in counted
    assert "CM-8801" not in counted
    assert adopted.status_code == 302
    assert (draft.effective_from, draft.board_minute) == (dt.date(2090, 4, 1), "Board, item 4")


def test_while_it_counts_the_page_says_how_far_it_is(office, monkeypatch):
    monkeypatch.setattr(redating, "LOT_KEYS", 1)
    for _each in range(3):
        make_record()
    draft = make_draft_retention_rules()
    trial = redating.try_out(draft, at=A_MOMENT)
    redating.do_a_lot(trial.pk, on=A_DAY, at=A_MOMENT)

    answer = office.get(moves_of(draft))

    assert "1 of 3 parts are done: 1 record<" in answer.text
    assert answer["Refresh"] == "3"
    assert "Adopt these rules" not in answer.text


def test_what_would_fall_due_at_once_is_said(office):
    make_record(care_concluded_on=dt.date(2020, 1, 1))
    make_due_record()
    draft = make_draft_retention_rules(adult_years=6)
    count_by(office, draft)

    page = office.get(moves_of(draft)).text

    assert "2 earlier, 0 later; 1 would be due for review at once." in page


def test_a_draft_that_is_changed_is_counted_anew(office):
    make_record()
    draft = make_draft_retention_rules(adult_years=9)
    count_by(office, draft)
    figures = {name: getattr(draft, name) for name in FIGURES} | {"adult_years": 7}

    office.post(
        reverse("admin:records_retentionrules_change", args=[draft.pk]),
        {"version": "next", "reading": "nhs_2021", **figures},
    )

    assert "Not counted yet." in office.get(moves_of(draft)).text


def test_periods_below_the_published_are_named_before_adoption(office):
    draft = make_draft_retention_rules(adult_years=7)

    page = office.get(reverse("admin:retention_rules_adopt", args=[draft.pk])).text

    assert "1 period is shorter than published." in page
    assert "7 years after the end of care" in page


def test_adopted_rules_can_be_read_and_no_longer_changed(office):
    version = make_retention_rules()
    page = reverse("admin:records_retentionrules_change", args=[version.pk])

    shown = office.get(page).text
    changed = office.post(page, {"version": "mended", "adult_years": 1})
    removed = office.post(reverse("admin:records_retentionrules_delete", args=[version.pk]))
    counted = office.post(moves_of(version))

    version.refresh_from_db()
    assert "Board of 1 November 2026, item 4" in shown
    assert (changed.status_code, removed.status_code) == (403, 403)
    assert (counted.status_code, Redating.objects.count()) == (200, 0)
    assert version.version == "2026-2"


def test_what_cannot_be_adopted_is_said_and_what_was_typed_is_kept(office):
    draft = make_draft_retention_rules()

    page = office.post(
        reverse("admin:retention_rules_adopt", args=[draft.pk]),
        {"effective_from": "2001-01-01", "board_minute": "Board, item 4"},
    ).text

    assert "choose today or a later day" in page
    assert "Board, item 4" in page


@pytest.mark.parametrize("page", ["retention_rules_moves", "retention_rules_adopt"])
@pytest.mark.parametrize("who", [make_clerk, make_user])
def test_others_are_refused(client, page, who):
    draft = make_draft_retention_rules()
    client.force_login(who())

    answer = client.post(reverse(f"admin:{page}", args=[draft.pk]))

    assert answer.status_code == (403 if who is make_clerk else 302)
    assert Redating.objects.count() == 0


def test_the_page_takes_the_same_queries_for_one_record_and_for_three(office):
    def queries():
        redating.forget_trials(draft)
        count_by(office, draft)
        with CaptureQueriesContext(connection) as captured:
            office.get(moves_of(draft))
        return len(captured)

    draft = make_draft_retention_rules()
    make_record()
    one = queries()
    make_record()
    make_record()

    assert queries() == one
