"""What every table of dated versions has in common, asked of each that there is."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from foundation import dated_versions, history
from foundation.dated_versions import DatedVersion, NotAdoptable, UnknownRules
from tests.factories import A_DAY, A_MOMENT, make_draft_rules, make_officer
from tests.records.records import make_draft_retention_rules

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MINUTE = "Board of 1 November 2026, item 4"
DRAFTS = {"EligibilityRules": make_draft_rules, "RetentionRules": make_draft_retention_rules}
every = pytest.mark.parametrize("make", DRAFTS.values(), ids=DRAFTS)


def adopt(draft, **changes):
    given = {"effective_from": A_DAY, "board_minute": MINUTE, "by": make_officer(), "at": A_MOMENT}
    return dated_versions.adopt(type(draft).objects.all(), draft.pk, **{**given, **changes})


def test_every_table_of_dated_versions_is_asked_here():
    tables = {model.__name__ for model in apps.get_models() if issubclass(model, DatedVersion)}

    assert tables == set(DRAFTS)


@every
def test_a_draft_is_never_in_force_and_what_is_adopted_from_its_day_on(make):
    draft = make(version="next")
    rows = type(draft).objects
    before = rows.in_force(A_DAY).version

    adopt(draft, effective_from=A_DAY + DAY)

    assert [rows.in_force(A_DAY + days * DAY).version for days in (0, 1, 2)] == [
        before,
        "next",
        "next",
    ]


@every
def test_before_the_first_there_are_none(make):
    with pytest.raises(UnknownRules, match="No rules were in force on 31 December 1999"):
        type(make()).objects.in_force(dt.date(1999, 12, 31))


@every
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"board_minute": " "}, "Give the board minute"),
        ({"effective_from": A_DAY - DAY}, "cannot begin in the past"),
    ],
)
def test_a_draft_stays_one_without_a_minute_or_from_a_day_that_is_over(make, changes, words):
    draft = make()

    with pytest.raises(NotAdoptable, match=words):
        adopt(draft, **changes)

    draft.refresh_from_db()
    assert (draft.is_draft, draft.effective_from, draft.board_minute) == (True, None, "")


@every
def test_what_was_adopted_is_adopted_once_and_says_by_what(make):
    draft = make()
    adopt(draft)

    with pytest.raises(NotAdoptable, match=f"adopted before, by: {MINUTE}"):
        adopt(draft, board_minute="Another")


@every
def test_one_version_begins_on_a_day(make):
    adopt(make(version="one"))

    with pytest.raises(NotAdoptable, match="Other rules begin on 22 November 2026 already"):
        adopt(make(version="two"))


@every
def test_an_adoption_is_written_down_with_its_minute(make):
    row = adopt(make(version="next"))

    subject = str(type(row)._meta.verbose_name_plural)
    event = history.of(subject).get()
    assert event.verb == f"adopted {subject}"
    assert event.text == f"next from {A_DAY}. {MINUTE}"


@every
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("{}_have_a_version", {"version": ""}),
        ("adopted_{}_have_a_day_and_a_minute", {"board_minute": MINUTE}),
        ("adopted_{}_have_a_day_and_a_minute", {"adopted_at": A_MOMENT}),
        ("adopted_{}_have_a_day_and_a_minute", {"adopted_at": A_MOMENT, "board_minute": MINUTE}),
        (
            "adopted_{}_have_a_day_and_a_minute",
            {"adopted_at": A_MOMENT, "effective_from": A_DAY},
        ),
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(make, name, changes):
    draft = make()
    called = {"eligibilityrules": "rules", "retentionrules": "retention_rules"}

    refused = pytest.raises(IntegrityError, match=name.format(called[draft._meta.model_name]))
    with refused, transaction.atomic():
        type(draft).objects.filter(pk=draft.pk).update(**changes)
