"""Drafts of the rules, their adoption, and past applications under them."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from foundation.dated_versions import NotAdoptable
from membership import facts, lifecycle, replay, rules
from membership.eligibility import Outcome
from membership.evidence import Practice
from membership.models import EligibilityRules
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_clerk,
    make_draft_rules,
    make_officer,
    make_ready_application,
    make_rules,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    officer = make_officer()
    client.force_login(officer)
    return client


def sent():
    application = make_ready_application()
    by = application.person.user
    return lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)


def adopt(draft, **kwargs):
    facts = {
        "effective_from": A_DAY,
        "board_minute": "Board of 1 November 2026, item 4",
        "by": make_officer(),
        "at": A_MOMENT,
    }
    return rules.adopt(rules_id=draft.pk, **{**facts, **kwargs})


def test_a_draft_judges_nobody_until_it_is_adopted():
    draft = make_draft_rules(months_required=36)
    before = rules.in_force(on=A_DAY).months

    adopt(draft)

    assert before == 24
    assert rules.in_force(on=A_DAY).months == 36
    assert rules.in_force(on=A_DAY - dt.timedelta(days=1)).months == 24


def test_rules_are_adopted_once():
    draft = make_draft_rules()
    adopt(draft)

    with pytest.raises(NotAdoptable, match="adopted before, by: Board of 1 November"):
        adopt(draft, board_minute="Another")


def test_rules_begin_today_at_the_earliest():
    draft = make_draft_rules()

    with pytest.raises(NotAdoptable, match="cannot begin in the past"):
        adopt(draft, effective_from=A_DAY - dt.timedelta(days=1))
    adopt(draft, effective_from=A_DAY)

    draft.refresh_from_db()
    assert draft.effective_from == A_DAY


def test_rules_are_not_adopted_without_a_minute():
    with pytest.raises(NotAdoptable, match="board minute"):
        adopt(make_draft_rules(), board_minute="  ")


def test_two_versions_cannot_begin_on_one_day():
    adopt(make_draft_rules(version="one"))

    with pytest.raises(NotAdoptable, match="Other rules begin on 22 November 2026"):
        adopt(make_draft_rules(version="two"))


def test_a_stricter_draft_names_whose_outcome_changes_and_by_which_finding():
    application = sent()  # since January 2023: 46 months, and 6,090 hours

    found = replay.replay(make_draft_rules(months_required=47, hours_required=7000))

    (changed,) = found.changed
    assert (found.judged, found.left_out) == (1, 0)
    assert changed.application == application
    assert changed.difference.before is Outcome.REFER
    assert changed.difference.after is Outcome.NOT_ELIGIBLE
    assert [finding.code for finding in changed.difference.appears] == ["experience"]
    assert changed.difference.goes == ()


def test_a_draft_at_the_same_figure_changes_nothing():
    sent()

    found = replay.replay(make_draft_rules(months_required=46, hours_required=7000))

    assert (found.judged, found.changed) == (1, ())


def test_a_replay_judges_what_was_sent_and_not_what_is_stored_today():
    application = sent()
    application.person.employments.all().delete()

    found = replay.replay(make_draft_rules(months_required=46, hours_required=7000))

    assert (found.judged, found.changed) == (1, ())


def test_an_application_keeps_the_version_it_was_judged_by():
    application = sent()

    adopt(make_draft_rules(version="2027-1", months_required=47, hours_required=7000))

    application.refresh_from_db()
    assert application.rules_version == "2026-1"


def test_drafts_and_applications_without_evidence_are_not_judged_again():
    make_application()
    make_application(state="withdrawn", submitted_at=None)
    make_application(state="declined")

    found = replay.replay(make_draft_rules())

    assert (found.judged, found.left_out, found.changed) == (0, 1, ())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_replay_takes_the_same_queries_for_one_and_for_three(rows, django_assert_num_queries):
    for _row in range(rows):
        sent()
    draft = make_draft_rules(months_required=47, hours_required=7000)

    with django_assert_num_queries(2):
        found = replay.replay(draft)

    assert len(found.changed) == rows


def test_the_office_adds_a_draft_tries_it_and_adopts_it(office):
    sent()
    add = reverse("admin:membership_eligibilityrules_add")
    figures = {
        "version": "2027-1",
        "months_required": 47,
        "hours_required": 7000,
        "dbs_flag_years": 3,
        "low_hours_per_week": 8,
    }

    office.post(add, figures)
    draft = EligibilityRules.objects.get(version="2027-1")
    tried = office.get(reverse("admin:rules_replay", args=[draft.pk])).content.decode()
    adopted = office.post(
        reverse("admin:rules_adopt", args=[draft.pk]),
        {"effective_from": "2090-04-01", "board_minute": "Board, item 4"},
    )

    draft.refresh_from_db()
    assert "1 of 1 past application would have come out differently." in tried
    assert adopted.status_code == 302
    assert (draft.effective_from, draft.board_minute) == (dt.date(2090, 4, 1), "Board, item 4")


def test_adopted_rules_can_be_read_and_no_longer_changed(office):
    version = make_rules(version="fixed")
    page = reverse("admin:membership_eligibilityrules_change", args=[version.pk])

    shown = office.get(page).content.decode()
    changed = office.post(page, {"version": "mended", "months_required": 1})
    removed = office.post(reverse("admin:membership_eligibilityrules_delete", args=[version.pk]))

    version.refresh_from_db()
    assert "Minute 1" in shown
    assert (changed.status_code, removed.status_code) == (403, 403)
    assert version.version == "fixed"


def test_what_cannot_be_adopted_is_said_and_what_was_typed_is_kept(office):
    draft = make_draft_rules()

    page = office.post(
        reverse("admin:rules_adopt", args=[draft.pk]),
        {"effective_from": "2001-01-01", "board_minute": "Board, item 4"},
    ).content.decode()

    assert "choose today or a later day" in page
    assert "Board, item 4" in page


@pytest.mark.parametrize("page", ["rules_replay", "rules_adopt"])
@pytest.mark.parametrize("who", [make_clerk, make_user])
def test_others_are_refused(client, page, who):
    draft = make_draft_rules()
    client.force_login(who())

    answer = client.get(reverse(f"admin:{page}", args=[draft.pk]))

    assert answer.status_code == (403 if who is make_clerk else 302)


def test_evidence_that_was_kept_reads_back_as_it_was():
    evidence = facts.evidence_of(make_ready_application(), A_DAY)

    kept = json.loads(json.dumps(facts.as_json(evidence)))

    assert facts.from_json(kept) == evidence
    assert type(facts.from_json(kept).practice) is Practice
