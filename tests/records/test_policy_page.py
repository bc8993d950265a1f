"""The published policy is the policy that is obeyed, in words that anybody understands."""

import html
import re

import pytest
from django.urls import reverse

from records.belongings import model_of
from records.policy import in_force
from records.published import details, parts
from tests.factories import make_member, make_person

pytestmark = pytest.mark.django_db

PAGE = "records:policy"


def words_at(client, path):
    return html.unescape(client.get(path).content.decode())


def seen(page):
    """What a reader sees: no tags, no addresses."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_anybody_reads_what_is_kept_how_long_why_and_by_which_law(client):
    words = words_at(client, reverse(PAGE))

    for rule in (rule for table in in_force().tables for rule in table.rules):
        assert rule.period.words[1:] in words
        assert rule.period.why in words
        assert rule.period.law in words
    assert in_force().version in words


def test_it_is_told_by_what_people_did_with_the_ground_in_law():
    told = parts(in_force())

    assert [part.group.title for part in told][:3] == [
        "You made an account",
        "You applied to join",
        "You became a member",
    ]
    shown = [chapter.title for part in told for chapter in part.chapters]
    tables = [table for table in in_force().tables if table.rules]
    assert len(shown) == len(tables) + len([table for table in tables if table.other_side])


def test_a_referee_finds_what_they_wrote_among_their_own_things(client):
    words = words_at(client, reverse(PAGE))
    referee = words[words.index('id="referee"') :]

    assert "Your name, address and answers as a referee" in referee


def test_each_personal_detail_is_named_as_people_call_it():
    referee, asked = (
        in_force().table(f"membership.{name}")
        for name in ("Referee", "Application_expertise_requested")
    )

    assert details(referee, referee.rules[2]) == (
        "Name, professional or personal referee, when they answered"
    )
    assert details(asked, asked.rules[0]) == "Area of expertise"


def test_what_differs_for_some_people_says_for_whom():
    account = next(part for part in parts(in_force()) if part.group.key == "account")
    person = next(chapter for chapter in account.chapters if chapter.title == "Your details")

    address = [line for line in person.lines if "home address" in line.details]
    assert [line.who for line in address] == [
        "if you were ever a member",
        "if you never became a member",
    ]


@pytest.mark.parametrize("page", ["/records/policy/", "/profile/data/", "/profile/data/erase/"])
def test_no_raw_name_of_a_table_or_column_is_shown(client, page):
    person = make_member(make_person())
    client.force_login(person.user)

    words = seen(words_at(client, page)).lower()

    for table in in_force().tables:
        model = model_of(table)
        assert table.model.lower() not in words
        if model._meta.auto_created:
            assert str(model._meta.verbose_name).lower() not in words
        for name in table.personal:
            assert not ("_" in name and re.search(rf"\b{name}\b", words)), name


def test_the_privacy_page_tells_the_same_periods(client):
    words = words_at(client, reverse("website:privacy"))

    assert "90 days after you last changed it" in words
    assert in_force().periods["register"].words in words


def test_a_detail_the_law_asks_for_is_marked(client):
    words = words_at(client, reverse(PAGE))

    duties = [
        line
        for part in parts(in_force())
        for chapter in part.chapters
        for line in chapter.lines
        if line.period.is_duty
    ]
    explained = 1
    assert words.count("the law asks for it") == len(duties) + explained


def test_the_page_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse(PAGE))
