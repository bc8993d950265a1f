"""The magazine: a teaser for all, whole for members; what came out in their time stays theirs."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits import magazine
from benefits.models import IssueRead
from membership import lifecycle
from membership.models import Membership
from tests.benefits.issues import make_article, make_file, make_issue
from tests.factories import A_DAY, A_MOMENT, make_fee, make_member, make_officer, make_person
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
DAY = dt.timedelta(days=1)
JUNE = dt.date(2025, 6, 1)
A_YEAR_ON = dt.date(2026, 5, 31)
LAPSED = {"starts_on": JUNE, "ends_on": A_YEAR_ON}


def page(client, way):
    return client.get(way).content.decode()


def queries(client, way):
    with CaptureQueriesContext(connection) as found:
        client.get(way)
    return len(found)


def reads(person, issue, on=A_DAY):
    return magazine.may_read(person, issue, on=on)


def test_a_member_reads_every_issue_that_is_out_and_none_before_its_day():
    member = make_member()
    old, today = make_issue(JUNE - 500 * DAY), make_issue(A_DAY)
    tomorrow, draft = make_issue(A_DAY + DAY), make_issue(None)

    assert [reads(member, one) for one in (old, today, tomorrow, draft)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("published_on", "stays"),
    [
        (JUNE - DAY, False),
        (JUNE, True),
        (A_YEAR_ON, True),
        (A_YEAR_ON + DAY, False),
        (A_DAY, False),
    ],
)
def test_after_a_lapse_what_came_out_in_their_time_stays_theirs(published_on, stays):
    lapsed = make_member(**LAPSED)

    assert reads(lapsed, make_issue(published_on)) is stays


def test_days_of_grace_keep_the_magazine():
    ended = A_DAY - DAY
    member = make_member(starts_on=ended - 364 * DAY, ends_on=ended)

    assert reads(member, make_issue(A_DAY)) is True


def test_a_fee_that_was_cancelled_or_not_paid_brings_nothing():
    person = make_person()
    make_fee(person)

    assert reads(person, make_issue(JUNE)) is False


def test_a_suspended_member_keeps_what_came_out_before_and_one_who_left_until_then():
    members = [make_member(), make_member()]
    suspended, left = (Membership.objects.get(person=one) for one in members)
    facts = {"by": make_officer(), "at": A_MOMENT}
    lifecycle.suspend(membership_id=suspended.pk, reason="Because.", **facts)
    lifecycle.resign(membership_id=left.pk, **facts)
    before, that_day = make_issue(A_DAY - DAY), make_issue(A_DAY)

    found = [(reads(one, before), reads(one, that_day)) for one in members]

    assert found == [(True, False), (True, True)]


def test_terms_of_an_account_that_was_merged_count():
    kept, merged = make_person(), make_member(**LAPSED)
    merged.merged_into = kept
    merged.save()

    assert reads(kept, make_issue(JUNE)) is True
    assert reads(make_person(), make_issue(JUNE)) is False


def test_everybody_sees_the_teaser_and_only_who_may_reads_the_text(client):
    article = make_article(make_issue())
    way = article.get_absolute_url()

    visitor, stranger = page(client, way), page(browser_of(make_person()), way)
    member = page(browser_of(make_member()), way)

    assert [("A sample teaser." in one) for one in (visitor, stranger, member)] == [True] * 3
    assert [("secret text" in one) for one in (visitor, stranger, member)] == [False, False, True]
    assert "Sign in to read it" in visitor
    assert "Sign in to read it" not in stranger
    assert "The <strong>whole</strong> secret text." in member


def test_an_article_tells_search_engines_what_everybody_sees_and_no_more(client):
    article = make_article(make_issue(), title="</script><b>x")

    html = page(client, article.get_absolute_url())

    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    facts = json.loads(block)
    assert facts["headline"] == "</script><b>x"
    assert (facts["isAccessibleForFree"], facts["datePublished"]) == (False, "2026-11-22")
    assert facts["author"] == {"@type": "Person", "name": "Anna Invented"}
    assert "secret" not in block


@pytest.mark.parametrize("published_on", [None, A_DAY + DAY])
def test_what_is_not_out_is_found_by_nobody(client, published_on):
    issue = make_issue(published_on)
    article = make_article(issue)
    make_file(issue)
    member = browser_of(make_member())

    ways = [issue.get_absolute_url(), article.get_absolute_url()]
    codes = [one.get(way).status_code for one in (client, member) for way in ways]

    assert codes == [404] * 4
    assert member.get(f"{issue.get_absolute_url()}pdf/").status_code == 404
    assert issue.title not in page(member, "/magazine/")
    assert article.get_absolute_url() not in page(client, "/sitemap.xml")


def test_the_file_is_for_who_reads_the_issue(client):
    issue = make_issue(A_DAY)
    make_file(issue)
    way = f"{issue.get_absolute_url()}pdf/"

    codes = [
        client.get(way).status_code,
        browser_of(make_member(**LAPSED)).get(way).status_code,
    ]
    answer = browser_of(make_member()).get(way)

    assert codes == [302, 403]
    assert answer["Content-Disposition"] == 'attachment; filename="issue.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_the_first_day_of_reading_is_noted_once_and_never_of_who_only_saw_a_teaser(client):
    article = make_article(make_issue())
    member, lapsed = make_member(), make_member(**LAPSED)
    reader = browser_of(member)

    for one in (reader, reader, browser_of(lapsed), client):
        one.get(article.get_absolute_url())

    (row,) = IssueRead.objects.all()
    assert (row.person, row.issue, row.first_on) == (member, article.issue, A_DAY)


def test_the_archive_marks_what_is_ones_own(client):
    make_issue(JUNE, title="Theirs")
    make_issue(A_DAY, title="Another")

    found = page(browser_of(make_member(**LAPSED)), "/magazine/")

    assert found.count("Yours to read") == 1
    assert "Yours to read" not in page(client, "/magazine/")
    assert found.index("Another") < found.index("Theirs")


@pytest.mark.parametrize("somebody", [None, make_person, make_member])
def test_lists_ask_as_often_for_one_as_for_three(client, somebody):
    if somebody is not None:
        client = browser_of(somebody())
    first = make_issue(A_DAY - DAY)
    make_article(first)
    ways = ("/magazine/", first.get_absolute_url(), "/sitemap.xml")
    once = [queries(client, way) for way in ways]
    for _ in range(2):
        make_article(make_issue())
        make_article(first)

    thrice = [queries(client, way) for way in ways]

    assert thrice == once


def test_home_shows_the_latest_issue_that_is_out(client):
    make_issue(A_DAY - DAY, title="Older")
    before = page(client, "/")
    make_issue(A_DAY, title="Newest")
    make_issue(A_DAY + DAY, title="To come")

    after = page(client, "/")

    assert "Older" in before
    assert "Newest" in after
    assert "Older" not in after
    assert "To come" not in after


def test_home_without_any_issue_says_nothing_of_it(client):
    assert "latest issue" not in page(client, "/")


def test_the_sitemap_lists_teasers_of_what_is_out(client):
    article = make_article(make_issue())

    found = page(client, "/sitemap.xml")

    assert f"{article.get_absolute_url()}</loc>" in found
    assert f"{article.issue.get_absolute_url()}</loc>" in found
    assert "/magazine/</loc>" in found
    assert "/pdf/" not in found


def test_script_in_an_article_stays_words():
    article = make_article(make_issue(), text="<script>alert(1)</script> [x](javascript:alert(1))")

    found = page(browser_of(make_member()), article.get_absolute_url())

    assert "<script>alert" not in found
    assert 'href="javascript' not in found
