"""What the office changes is what every page says at the next request."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from membership.models import EligibilityRules, FeeRate
from membership.types import MembershipType
from records.models import RetentionRules
from records.models.rules import FIGURES
from tests.factories import make_fee_rate, make_officer, make_ready_application, make_rules
from tests.records.records import in_boxes, make_retention_rules
from website.models import Question

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


# What the office changes in the admin, over HTTP, is said at the next request of everybody.

CALCULATOR = "/records/calculator/"
TODAY = "2026-11-30"
TYPES = {"overseas": ("£20", "£25.75"), "case_manager": ("£90", "£95.50")}


@pytest.fixture
def office():
    with time_machine.travel(BEFORE, tick=False):
        client = Client()
        client.force_login(make_officer())
        yield client


@pytest.fixture
def applicant(office):
    make_fee_rate(MembershipType.CASE_MANAGER, 9000, dt.date(2026, 1, 1))
    client = Client()
    client.force_login(make_ready_application().person.user)
    return client


def sayings(client, ways, words):
    """Which of the words each page says."""
    pages = {way: client.get(way).content.decode() for way in ways}
    return {way: [one for one in words if one in page] for way, page in pages.items()}


def set_fee(office, type, pounds, valid_from=TODAY):
    way = reverse("admin:membership_feerate_add")
    answer = office.post(
        way, {"type": type, "pence": pounds, "valid_from": valid_from, "note": "Board, item 2"}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("type", "ways"),
    [
        ("overseas", ("/", "/faq/", "/membership/", "/membership/benefits/", "/apply/type/")),
        (
            "case_manager",
            ("/", "/membership/", "/membership/benefits/", "/apply/type/", "/apply/check/"),
        ),
    ],
)
def test_a_fee_that_an_officer_sets_is_said_at_the_next_request(office, applicant, type, ways):
    words = TYPES[type]
    before = sayings(applicant, ways, words)

    set_fee(office, type, words[1].removeprefix("£"))

    assert before == {key: [words[0]] for key in ways}
    assert sayings(applicant, ways, words) == {key: [words[1]] for key in ways}


def test_a_fee_for_a_later_day_is_said_on_that_day(office, client):
    set_fee(office, "overseas", "25.75", "2026-12-01")

    before, after = said(client, "/", BEFORE), said(client, "/", AFTER)

    assert ("£20" in before, "£25.75" in before) == (True, False)
    assert ("£20" in after, "£25.75" in after) == (False, True)


def adopt(office, name, model, figures):
    """Write a draft, and adopt it for today by a minute of the board."""
    app = model._meta.app_label
    office.post(reverse(f"admin:{app}_{model._meta.model_name}_add"), figures)
    draft = model.objects.get(version=figures["version"])
    yield draft
    yield office.post(
        reverse(f"admin:{name}_adopt", args=[draft.pk]),
        {"effective_from": TODAY, "board_minute": "Board, item 3"},
    )


def test_a_threshold_that_an_officer_adopts_is_said_at_the_next_request(office, applicant):
    ways = ("/", "/faq/", "/membership/", "/membership/flowchart/", "/apply/history/")
    ways += ("/apply/check/",)
    words = ("24 months", "31 months", "2,500 hours", "3,100 hours")
    figures = {
        "version": "2027-1",
        "months_required": 31,
        "hours_required": 3100,
        "dbs_flag_years": 3,
        "low_hours_per_week": 8,
    }
    adopting = adopt(office, "rules", EligibilityRules, figures)

    next(adopting)
    as_a_draft = sayings(applicant, ways, words)
    next(adopting)
    adopted = sayings(applicant, ways, words)

    assert as_a_draft == {key: ["24 months", "2,500 hours"] for key in ways}
    assert adopted == {key: ["31 months", "3,100 hours"] for key in ways}


def test_a_retention_rule_that_an_officer_adopts_is_said_at_the_next_request(office, client):
    asked = in_boxes(
        {
            "born_on": "1970-08-03",
            "capacity": "has",
            "category": "general",
            "care_concluded_on": "2020-01-15",
            "rule_set": "nhs_2021",
        }
    )
    figures = {name: getattr(RetentionRules(), name) for name in FIGURES}
    figures |= {"version": "2027-1", "reading": "nhs_2021", "adult_years": 11}
    adopting = adopt(office, "retention_rules", RetentionRules, figures)
    told = ("8 years after care has ended", "11 years after care has ended")
    answered = ("in general 8 years after the end", "in general 11 years after the end")

    def seen():
        return (
            sayings(client, ["/"], told)["/"],
            sayings(client, ["/faq/"], answered)["/faq/"],
            set(re.findall(r"Keep until (\d+ \w+ \d+)", client.post(CALCULATOR, asked).text)),
        )

    next(adopting)
    as_a_draft = seen()
    next(adopting)

    assert as_a_draft == ([told[0]], [answered[0]], {"15 January 2028"})
    assert seen() == ([told[1]], [answered[1]], {"15 January 2031"})


def test_an_answer_that_an_officer_changes_is_read_at_the_next_request(office, client):
    question = Question.objects.get(slug="when-do-i-pay")
    office.post(
        reverse("admin:website_question_change", args=[question.pk]),
        {
            "group": question.group_id,
            "question": question.question,
            "slug": question.slug,
            "answer": "After {months} months of waiting.",
            "position": question.position,
            "owner": "Treasurer",
        },
    )

    assert "After 24 months of waiting." in client.get("/faq/").content.decode()
