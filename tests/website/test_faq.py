"""Questions and answers: what the page shows, and what the office may write."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from membership.models import FeeRate
from tests.factories import make_clerk, make_officer, make_rules
from tests.records.records import make_retention_rules
from tests.signed_in import browser_of
from website import figures
from website.models import FaqGroup, Question

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


def make_group(**kwargs):
    facts = {"name": "Questions about tests", "slug": f"group-{FaqGroup.objects.count()}"}
    return FaqGroup.objects.create(**{**facts, **kwargs})


def make_question(group, **kwargs):
    facts = {
        "slug": f"question-{Question.objects.count()}",
        "question": "Why?",
        "answer": "Because.",
    }
    return Question.objects.create(group=group, **{**facts, **kwargs})


def test_every_first_question_has_an_owner_and_was_reviewed():
    found = Question.objects.values_list("owner", "last_reviewed_on")

    assert [one for one in found if not all(one)] == []


def test_a_link_in_an_answer_that_leads_nowhere_is_refused():
    question = make_question(make_group())
    page = f"/admin/website/question/{question.pk}/change/"

    text = (
        browser_of(make_officer())
        .post(page, written(question, answer="[x](/no/)"))
        .content.decode()
    )

    assert "There is no page /no/ on this site." in text


def test_the_first_questions_are_there_in_their_groups():
    found = [
        (group.slug, [question.slug for question in group.questions.order_by("position")])
        for group in FaqGroup.objects.order_by("position")
    ]

    assert found == [
        ("case-management", ["what-is-case-management"]),
        (
            "membership",
            ["how-do-i-apply", "when-do-i-pay", "how-do-i-pay", "which-type", "benefits"],
        ),
        ("standards", ["keeping-client-notes"]),
        ("covid-19", ["covid-19-guidance"]),
    ]


def test_old_questions_are_on_a_page_of_their_own(client):
    now = client.get("/faq/").content.decode()
    archive = client.get("/faq/archive/").content.decode()

    assert "COVID-19" not in now
    assert 'href="/faq/archive/"' in now
    assert "guidance on face-to-face work during COVID-19" in archive
    assert "How do I pay for my membership?" not in archive


def test_the_definition_is_there_word_for_word(client):
    text = client.get("/faq/").content.decode().replace("&#x27;", "'")

    assert figures.DEFINITION in text


def test_an_answer_follows_the_rules_in_force(client):
    make_rules(version="later", effective_from=dt.date(2026, 12, 1), months_required=30)
    FeeRate.objects.create(type="overseas", pence=2550, valid_from=dt.date(2026, 12, 1))

    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)):
        before = client.get("/faq/").content.decode()
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)):
        after = client.get("/faq/").content.decode()

    assert "24 months or 2,500 hours" in before
    assert "nominal fee of £20 allows" in before
    assert "30 months or 2,500 hours" in after
    assert "nominal fee of £25.50 allows" in after


def test_no_figure_is_left_in_braces(client):
    main = client.get("/faq/").content.decode() + client.get("/faq/archive/").content.decode()

    assert "{" not in main


def test_an_answer_is_markdown_below_its_question(client):
    make_question(
        make_group(), answer="One\r\ngoes on.\r\n\r\n# Head\r\n\r\n- **first**\r\n- second"
    )

    text = client.get("/faq/").content.decode()

    assert "<p>One\ngoes on.</p>\n<h4>Head</h4>\n<ul>\n<li><strong>first</strong></li>" in text


def test_an_answer_carries_no_markup_of_its_own(client):
    make_question(make_group(), answer="Use <script>alert(1)</script> & <https://example.org/>.")

    text = client.get("/faq/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in text
    assert '<a href="https://example.org/">' in text


def shown(client, wanted, path="/faq/"):
    text = client.get(path, {"q": wanted}).content.decode()
    return [one.partition('"')[0] for one in text.split('<section aria-labelledby="')[1:]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bacs", ["how-do-i-pay"]),
        ("  SUPPORTER   afresh ", ["which-type"]),
        ("2,500 hours", ["which-type"]),
        ("safeguarding", ["keeping-client-notes"]),
        ("zebra", []),
        ("{hours}", []),
        ("**", []),
    ],
)
def test_a_search_finds_the_answers_that_hold_every_word(client, wanted, found):
    assert shown(client, wanted) == found


def test_a_search_shows_what_was_looked_for_and_the_way_back(client):
    text = client.get("/faq/", {"q": "<b>zebra"}).content.decode()

    assert 'value="&lt;b&gt;zebra"' in text
    assert "No answer holds all of these words." in text
    assert '<a href="/faq/">Show all</a>' in text


def test_a_search_does_not_look_into_the_archive(client):
    assert shown(client, "pandemic") == []


def test_an_answer_about_records_follows_the_figures_of_the_day(client):
    make_retention_rules(
        adult_years=11, child_age=27, child_of_17_age=28, effective_from=dt.date(2026, 12, 1)
    )

    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)):
        before = client.get("/faq/").content.decode()
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)):
        after = client.get("/faq/").content.decode()

    assert "in general 8 years after" in before
    assert "until their 25th birthday, or their 26th if they were 17" in before
    assert "in general 11 years after" in after
    assert "until their 27th birthday, or their 28th if they were 17" in after


def test_a_group_without_questions_is_not_shown(client):
    make_group(name="Nothing in here")

    assert "Nothing in here" not in client.get("/faq/").content.decode()


def test_the_page_costs_the_same_for_one_and_three_questions(client, django_assert_num_queries):
    Question.objects.all().delete()
    group = make_group()
    make_question(group)
    with django_assert_num_queries(5):
        client.get("/faq/")
    make_question(group)
    make_question(make_group())

    with django_assert_num_queries(5):
        response = client.get("/faq/")

    assert response.content.decode().count("<h3") == 3


@pytest.mark.parametrize(
    ("reviewed", "is_due"),
    [
        (None, True),
        (TODAY - dt.timedelta(days=366), True),
        (TODAY - dt.timedelta(days=365), False),
    ],
)
def test_an_answer_is_looked_at_again_after_a_year(reviewed, is_due):
    question = make_question(make_group(), last_reviewed_on=reviewed)

    assert Question.objects.to_review(TODAY).filter(pk=question.pk).exists() is is_due


def test_an_archived_answer_is_left_in_peace():
    question = make_question(make_group(is_archived=True))

    assert not Question.objects.to_review(TODAY).filter(pk=question.pk).exists()


def test_the_day_of_the_review_is_shown(client):
    make_question(make_group(), last_reviewed_on=dt.date(2026, 3, 2))

    assert "Last reviewed 2 March 2026" in client.get("/faq/").content.decode()


@pytest.mark.parametrize(
    "broken", [{"answer": ""}, {"question": ""}, {"link": "/faq/"}, {"link_words": "Read on"}]
)
def test_half_a_question_is_refused(broken):
    group = make_group()

    with pytest.raises(IntegrityError):
        make_question(group, **broken)


def test_a_group_has_a_name():
    with pytest.raises(IntegrityError):
        make_group(name="")


def written(question, **changes):
    return {
        "group": question.group_id,
        "slug": question.slug,
        "question": question.question,
        "answer": question.answer,
        "link": "",
        "link_words": "",
        "position": "0",
        "owner": "Secretary",
        "last_reviewed_on": "2026-11-22",
        **changes,
    }


def test_the_office_may_change_an_answer_and_the_old_one_is_kept():
    question = make_question(make_group())
    page = f"/admin/website/question/{question.pk}/change/"

    browser_of(make_officer()).post(page, written(question, answer="From {months} months on."))

    question.refresh_from_db()
    assert (question.answer, question.owner) == ("From {months} months on.", "Secretary")
    assert [old.answer for old in question.history.all()] == [
        "From {months} months on.",
        "Because.",
    ]


def test_a_figure_that_does_not_exist_is_refused_with_those_that_do():
    question = make_question(make_group())
    page = f"/admin/website/question/{question.pk}/change/"

    response = browser_of(make_officer()).post(page, written(question, answer="{days} days"))

    assert (
        "There is no figure {days}. There are: {definition}, {email}" in response.content.decode()
    )
    question.refresh_from_db()
    assert question.answer == "Because."


def test_staff_without_permission_change_no_answer():
    question = make_question(make_group())

    response = browser_of(make_clerk()).post(
        f"/admin/website/question/{question.pk}/change/", written(question, answer="Mine.")
    )

    assert response.status_code == 403
    question.refresh_from_db()
    assert question.answer == "Because."


def test_periods_of_client_records_follow_the_version_in_force():
    make_retention_rules(adult_years=1, child_age=22, effective_from=TODAY)

    before, after = (figures.known(day) for day in (TODAY - dt.timedelta(days=1), TODAY))

    assert (before["adult_years"], before["child_age"]) == ("8 years", "25th")
    assert (after["adult_years"], after["child_age"]) == ("1 year", "22nd")
