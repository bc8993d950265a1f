"""The pages that the office writes, their menu, the notices, the feeds and the sitemap."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone

from membership.models import FeeRate
from tests.factories import A_MOMENT, make_rules
from tests.website.writing import WORDS, make_page, make_published
from website import figures, publishing
from website.models import Page

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def words(client, path):
    return client.get(path).content.decode().replace("&#x27;", "'")


def test_the_portal_starts_with_its_pages_all_of_them_out(client):
    found = {one.slug: client.get(one.get_absolute_url()).status_code for one in Page.objects.all()}

    assert found == {
        "about": 200,
        "benefits": 200,
        "code-of-ethics": 200,
        "committees": 200,
        "downloads": 200,
        "the-new-portal": 200,
    }


def test_no_figure_is_left_in_braces(client):
    left = [one.slug for one in Page.objects.all() if "{" in words(client, one.get_absolute_url())]

    assert left == []


def test_the_society_says_what_case_management_is_word_for_word(client):
    assert figures.DEFINITION in words(client, "/about/")


def test_every_page_leads_to_the_others(client):
    text = words(client, "/about/committees/")

    for way in ("/about/", "/membership/benefits/", "/about/downloads/", "/notices/"):
        assert f'<li><a href="{way}">' in text
    assert '<a href="/about/committees/" aria-current="page">' in text


def test_a_page_with_a_place_of_its_own_is_found_there(client):
    assert client.get("/about/benefits/")["Location"] == "/membership/benefits/"
    assert client.get("/about/about/")["Location"] == "/about/"


def test_a_page_and_a_notice_are_not_mixed_up(client):
    make_published("a-notice", kind="notice")
    make_published("a-page")

    codes = [
        client.get(way).status_code
        for way in ("/about/a-notice/", "/notices/a-page/", "/about/a-page/", "/notices/a-notice/")
    ]

    assert codes == [404, 404, 200, 200]


def test_a_figure_follows_the_rules_and_the_fees_of_the_day(client):
    figured = publishing.Words("T", "For {fee:associate}.", "{months} months, {fee:student}.")
    make_published(words=figured)
    make_rules(version="later", effective_from=dt.date(2026, 12, 1), months_required=30)
    FeeRate.objects.create(type="associate", pence=7250, valid_from=dt.date(2026, 12, 1))

    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)):
        before = words(client, "/about/tests/")
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)):
        after = words(client, "/about/tests/")

    assert "For an amount that we tell you." in before
    assert "24 months, an amount that we tell you." in before
    assert "For £72.50." in after
    assert "30 months, an amount that we tell you." in after


def test_every_figure_has_a_value():
    known = figures.known(dt.date(2026, 11, 22))

    assert set(known) == set(figures.NAMES)
    assert "" not in known.values()
    assert "None" not in known.values()


def test_notices_come_newest_first_with_how_they_begin(client):
    Page.objects.all().delete()
    make_published("older", kind="notice")
    newer = publishing.Words("Newer", "", "It **begins** like this.")
    make_published("newer", kind="notice", words=newer, at=A_MOMENT + dt.timedelta(days=1))
    make_page("draft", kind="notice", words=publishing.Words("Draft", "", "Not yet."))

    text = words(client, "/notices/")

    assert text.index(">Newer</a>") < text.index(">Tests</a>")
    assert "It begins like this." in text
    assert "Not yet." not in text


def test_home_shows_the_three_newest_notices_with_their_day(client):
    Page.objects.all().delete()
    for number in range(4):
        at = A_MOMENT + dt.timedelta(days=number)
        make_published(f"number-{number}", kind="notice", at=at)
    first = Page.objects.get(slug="number-1").first_published_at

    answer = client.get("/")

    shown = re.findall(r'href="/notices/(number-\d)/"', answer.content.decode())
    assert shown == ["number-3", "number-2", "number-1"]
    assert f"{timezone.localtime(first):%-d %B %Y}" in answer.content.decode()


def test_without_a_notice_that_is_said(client):
    Page.objects.all().delete()

    assert "There is no notice at present." in words(client, "/notices/")


@pytest.mark.parametrize("path", ["/notices/", "/notices/atom.xml", "/notices/rss.xml"])
def test_notices_cost_the_same_for_one_and_three(client, path, django_assert_max_num_queries):
    Page.objects.all().delete()
    make_published("one", kind="notice")
    with django_assert_max_num_queries(4):
        client.get(path)
    make_published("two", kind="notice")
    make_published("three", kind="notice")

    with django_assert_max_num_queries(4):
        text = words(client, path)

    assert text.count("/notices/three/") >= 1


def test_a_page_costs_the_same_for_one_and_three(client, django_assert_max_num_queries):
    Page.objects.all().delete()
    make_published("one")
    with django_assert_max_num_queries(5):
        client.get("/about/one/")
    make_published("two")
    make_published("three")

    with django_assert_max_num_queries(5):
        client.get("/about/one/")


def test_the_feed_of_notices_is_atom_with_whole_addresses(client, settings):
    settings.SITE_URL = "https://members.example.org"
    Page.objects.all().delete()
    make_published(kind="notice", words=publishing.Words("A & B", "In {months} months.", "x"))
    make_page("draft", kind="notice")

    answer = client.get("/notices/atom.xml")

    feed = ElementTree.fromstring(answer.content)  # noqa: S314
    (entry,) = feed.findall(f"{ATOM}entry")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entry.findtext(f"{ATOM}title") == "A & B"
    assert entry.findtext(f"{ATOM}summary") == "In 24 months."
    assert entry.findtext(f"{ATOM}published") == A_MOMENT.isoformat()
    assert entry.find(f"{ATOM}link").get("href") == "https://members.example.org/notices/tests/"


def test_the_feed_of_notices_is_rss_too(client):
    Page.objects.all().delete()
    make_published(kind="notice", words=WORDS)

    answer = client.get("/notices/rss.xml")

    (item,) = ElementTree.fromstring(answer.content).findall("channel/item")  # noqa: S314
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert (item.findtext("title"), item.findtext("description")) == ("Tests", "What we test.")


def test_the_sitemap_has_every_open_page_and_no_draft(client, settings):
    settings.SITE_URL = "https://members.example.org"
    make_page("draft")
    make_published("out")

    text = words(client, "/sitemap.xml")

    ways = [
        one.partition("</loc>")[0] for one in text.split("<loc>https://members.example.org")[1:]
    ]
    assert len(ways) == len(set(ways))
    assert {"/", "/faq/", "/about/", "/about/out/", "/notices/the-new-portal/"} <= set(ways)
    assert "/about/draft/" not in ways
    assert [way for way in ways if client.get(way).status_code != 200] == []
