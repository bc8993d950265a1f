"""The public calculator: answers everybody, keeps nothing."""

import datetime as dt
import logging

import pytest
from django.urls import reverse

from foundation.models import Event, Letter
from records.models import ClientRecord
from records.retention_rules import NHS_2021
from tests.records.records import in_boxes, make_retention_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]

URL = "/records/calculator/"


def typed(**changed):
    facts = {
        "born_on": "2004-08-03",
        "capacity": "has",
        "category": "general",
        "care_concluded_on": "2021-12-01",
        "rule_set": "nhs_2021",
    }
    return in_boxes(facts | changed)


def test_anybody_may_open_it(client):
    page = client.get(URL)

    assert page.status_code == 200
    assert reverse("records:calculator") == URL
    assert [rule.code in page.text for rule in NHS_2021.all] == [True] * 11
    assert "How long to keep a client" in page.text


def test_it_says_the_date_the_rule_the_source_and_what_else_applies(client):
    page = client.post(URL, typed())

    assert "Keep until 3 August 2030" in page.text
    assert "26th birthday, because the client was 17 when care ended" in page.text
    assert "NHS Records Management Code of Practice 2021, appendix II" in page.text
    lines = [(line.code, line.until, line.verdict) for line in page.context["answer"].lines]
    assert lines == [
        ("R-C1", "3 August 2029", "Shorter, so does not govern"),
        ("R-C2", "3 August 2030", "Governs"),
    ]
    assert page.text.count("Shorter, so does not govern") == 1


def test_two_rules_that_end_on_one_day_are_told_apart(client):
    page = client.post(URL, typed(born_on="1960-01-01", died_on="2021-12-01"))

    lines = [(line.code, line.verdict) for line in page.context["answer"].lines]
    assert lines == [
        ("R-A1", "Same day; the other rule is named first"),
        ("R-D1", "Governs"),
    ]


def test_it_draws_a_picture_that_a_list_says_in_words(client):
    page = client.post(URL, typed())

    assert page.text.count("<rect") == 2
    assert "R-C2: 3 August 2030, governs" in page.text
    assert "style=" not in page.text
    assert page.text.count("The list below says the same in words.") == 1


def test_both_sets_of_rules_can_be_chosen_and_are_compared(client):
    by_the_code = client.post(URL, typed())
    by_the_faq = client.post(URL, typed(rule_set="faq_only"))

    assert "By the CMSUK FAQ alone: 3 August 2029 (25th birthday)." in by_the_code.text
    assert "Keep until 3 August 2029" in by_the_faq.text
    assert "3 August 2030 (26th birthday)." in by_the_faq.text


def test_a_record_without_an_end_is_drawn_and_said(client):
    page = client.post(URL, typed(born_on="1980-01-01", capacity="lacks"))

    assert "Keep without an end date, and review every 12 months" in page.text
    assert "R-A2: no end date, governs" in page.text


def test_an_open_hold_is_shown_before_the_date(client):
    page = client.post(URL, typed(open_holds=["complaint", "legal"]))

    assert "On hold. Without the hold: keep until 3 August 2030" in page.text


def test_a_resolved_hold_keeps_the_record_to_that_day(client):
    page = client.post(
        URL,
        typed(born_on="1960-01-01", care_concluded_on="2010-01-01", hold_resolved_on="2026-11-22"),
    )

    assert "Keep until 22 November 2026" in page.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"category": ""}, "add what is missing: kind of record"),
        ({"born_on": ""}, "add what is missing: date of birth"),
        ({"care_concluded_on": ""}, "care has not been concluded"),
    ],
)
def test_what_is_missing_is_said_and_no_date(client, changed, words):
    page = client.post(URL, typed(**changed))

    assert words in page.text
    assert "<rect" not in page.text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"born_on": "2004-02-31"}, "born_on", "enter a real date, for example 20 7 2021"),
        ({"born_on": "1899-12-31"}, "born_on", "enter the year in four figures, 1900 or later"),
        ({"born_on": "2026-11-23"}, "born_on", "is in the future"),
        ({"died_on": "2004-08-02"}, "died_on", "is before the date of birth"),
        ({"hold_resolved_on": "2026-11-23"}, "hold_resolved_on", "in the future"),
        ({"capacity": "perhaps"}, "capacity", "perhaps"),
        ({"capacity": ""}, "capacity", "Say whether the client has capacity"),
        ({"rule_set": "../etc"}, "rule_set", "not one of the available choices"),
        ({"open_holds": ["feud"]}, "open_holds", "feud"),
        ({"born_on": "\x00<script>alert(1)</script>"}, "born_on", "must include a day and a month"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_rest_is_kept(client, changed, field, words):
    page = client.post(URL, typed(**changed))

    assert page.status_code == 200
    assert page.context["answer"] is None
    assert words in " ".join(page.context["form"].errors[field])
    assert "There is a problem" in page.text
    assert 'name="care_concluded_on_year" value="2021"' in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("month", ["8", "08", "Aug", "august", "August."])
def test_a_month_may_be_written_as_people_write_it(client, month):
    page = client.post(URL, typed() | {"born_on_month": month})

    assert "Keep until 3 August 2030" in page.text


def test_nothing_is_stored_or_logged(client, caplog):
    caplog.set_level(logging.DEBUG)

    page = client.post(URL, typed())

    assert [model.objects.count() for model in (ClientRecord, Event, Letter)] == [0, 0, 0]
    assert "2004" not in caplog.text
    assert "no-store" in page["Cache-Control"]
    assert "sessionid" not in client.cookies


def test_it_asks_the_database_for_the_rules_in_force_and_nothing_else(
    client, django_assert_num_queries
):
    with django_assert_num_queries(1) as asked:
        client.post(URL, typed())

    assert "records_retentionrules" in asked[0]["sql"]


def test_it_shows_the_arithmetic_and_greys_what_is_shorter(client):
    page = client.post(URL, typed())

    counted = [line.counted for line in page.context["answer"].lines]
    assert counted == ["3 August 2004 and 25 years", "3 August 2004 and 26 years"]
    assert page.text.count('class="shorter"') == 1


def test_it_follows_the_version_in_force_on_the_day(client):
    make_retention_rules(child_of_17_age=27)
    make_retention_rules(version="later", effective_from=dt.date(2026, 11, 23), child_of_17_age=30)

    page = client.post(URL, typed())

    assert "Keep until 3 August 2031: 27th birthday" in page.text
    assert "Version 2026-2, in force from 22 November 2026." in page.text
    assert "published is 26 (NHS Records Management Code of Practice 2021" in page.text


def test_the_reading_in_force_is_the_one_that_is_chosen_first(client):
    make_retention_rules(reading="faq_only")

    page = client.get(URL)

    assert page.context["form"]["rule_set"].value() == "faq_only"
