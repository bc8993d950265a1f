"""The published policy is the policy that is obeyed."""

import html

import pytest
from django.urls import reverse

from records.policy import in_force
from records.published import chapters, details, periods

pytestmark = pytest.mark.django_db


def words_at(client, path):
    return html.unescape(client.get(path).content.decode())


def test_anybody_reads_what_is_kept_how_long_why_and_by_which_law(client):
    words = words_at(client, reverse("records:policy"))

    for period in periods(in_force()):
        assert period.words[1:] in words
        assert period.why in words
        assert period.law in words
    assert in_force().version in words


def test_each_personal_detail_is_named_as_people_call_it():
    table = in_force().table("membership.Referee")

    assert details(table, table.rules[2]) == "Name, kind, answered at"
    assert chapters(in_force())[0].title == "Your details"


def test_the_privacy_page_tells_the_same_periods(client):
    words = words_at(client, reverse("website:privacy"))

    assert "90 days after you last changed it" in words
    assert in_force().periods["register"].words in words


def test_a_detail_the_law_asks_for_is_marked(client):
    words = words_at(client, reverse("records:policy"))

    assert words.count("(the law asks for it)") == sum(
        rule.period.is_duty for table in in_force().tables for rule in table.rules
    )


def test_the_page_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("records:policy"))
