"""Privacy, cookies, access and complaints: what the pages promise is what the portal does."""

import html
import os
import re
import shutil
import subprocess
import sys

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client

from records import policy as policy_module
from records import processing, published
from records.policy import in_force
from tests.browsing import Chromium
from tests.directory.make import make_listing
from tests.factories import A_MOMENT, make_member, make_officer
from tests.walking import Page
from website import cookies

pytestmark = pytest.mark.django_db

PASSWORD = "sample pass phrase"
PROMISES = ("/privacy/", "/cookies/", "/accessibility/", "/complaints/")
RIGHTS = (
    "/profile/data/",
    "/profile/data/take/",
    "/profile/data/correct/",
    "/profile/data/erase/",
    "/profile/data/consents/",
    "/data/",
    "/contact/",
    "/complaints/",
    "/records/policy/",
)


def words(client, path):
    """The words of a page as people read them, in one line."""
    text = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
    return " ".join(html.unescape(text).split())


def test_every_activity_stands_on_the_privacy_page_with_purpose_and_ground(client):
    text = words(client, "/privacy/")

    for activity in processing.activities(in_force()):
        assert f"{activity.title} {activity.purpose} Ground in law: {activity.ground}." in text


def test_every_recipient_stands_there_with_the_country(client, settings):
    settings.PROCESSORS = {
        "hosting": {"name": "Sample Hosting Ltd", "where": "Ireland"},
        "email": {"name": "Sample Post Ltd", "where": "United Kingdom"},
    }

    text = words(client, "/privacy/")

    for one in processing.recipients().values():
        assert f"{one.name} {one.part[:1].upper()}{one.part[1:]} {one.where}" in text
    assert "Sample Hosting Ltd On our instructions Ireland" in text


def test_the_main_periods_stand_there_in_the_words_of_the_policy(client):
    text = words(client, "/privacy/").casefold()

    for period in published.main_periods(in_force()):
        assert f"{period.title} {period.words}".casefold() in text


def test_who_we_are_stands_there_as_it_is_set(client, settings):
    settings.SOCIETY = {
        **settings.SOCIETY,
        "long_name": "Society of Examples",
        "address": "1 Sample Street",
        "company_number": "01234567",
    }

    text = words(client, "/privacy/")

    for told in ("Controller Society of Examples", "Address 1 Sample Street"):
        assert told in text
    assert "Company number 01234567" in text


def test_each_right_has_a_link_that_leads_to_where_it_is_exercised(client):
    member = Client()
    member.force_login(make_member().user)
    links = Page(client.get("/privacy/").content.decode()).links

    assert set(RIGHTS) <= set(links)
    for way in RIGHTS:
        # Some ask for the password once more before they show anything.
        assert member.get(way).status_code in {200, 302}, way


@pytest.mark.parametrize("path", ["/privacy/", "/complaints/"])
def test_it_is_said_how_to_complain_to_the_commissioner(client, path):
    text = client.get(path).content.decode()

    assert 'href="https://ico.org.uk/make-a-complaint/"' in text
    assert "0303 123 1113" in text


def test_what_was_not_tested_is_said_as_well(client):
    text = words(client, "/accessibility/")

    assert "What is not tested, or does not work yet" in text
    assert "no outside specialist has" in text


@pytest.mark.parametrize("path", PROMISES)
def test_the_pages_need_no_database(client, path, django_assert_num_queries):
    client.get(path)

    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200


ASK = """
import django
django.setup()
from django.test import Client
for way in ("/privacy/", "/callback/", "/contact/", "/complaints/"):
    print(Client(SERVER_NAME="localhost").get(way).content.decode())
"""


def project_with(policy, folder):
    """The project as it stands, but for its policy."""
    for each in django_settings.BASE_DIR.iterdir():
        if each.name not in {"records", "var"}:
            (folder / each.name).symlink_to(each)
    shutil.copytree(policy_module.FILE.parent, folder / "records")
    (folder / "records" / "policy.toml").write_text(policy, encoding="utf-8")


def test_a_change_of_the_policy_shows_at_the_next_start(tmp_path):
    told = policy_module.FILE.read_text(encoding="utf-8")
    for before, after in {
        'words = "6 months after the request was closed"': 'words = "for a fortnight"',
        'words = "3 years after it was answered"': 'words = "a fortnight has gone"',
        'version = "2026-11"': 'version = "changed"',
        "To judge your application": "To look at your application",
    }.items():
        told = told.replace(before, after)
    project_with(told, tmp_path)

    started = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cmsuk.settings",
            "DJANGO_DEBUG": "true",  # no static files have to be collected for it
            "VAR_DIR": str(tmp_path / "var"),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.stderr == ""
    for words_of_the_change, times in {
        "version changed, in force": 1,
        "To look at your application": 1,
        "We delete your request for a fortnight.": 1,
        "We delete your message for a fortnight.": 1,
        "keep a record of it until a fortnight has gone": 1,
        "after the request was closed": 0,
    }.items():
        assert started.stdout.count(words_of_the_change) == times, words_of_the_change


def logged_in(user):
    """By the form, as people do; what comes back is kept."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client, answer


def told_cookies(client):
    """Name and time of each row of the page's table."""
    text = client.get("/cookies/").content.decode()
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>.*?</td><td[^>]*>(.*?)</td>', text)
    return dict(rows)


@time_machine.travel(A_MOMENT, tick=False)
def seen_cookies():
    """Every cookie that comes back while all kinds of people use all kinds of pages."""
    listing, found = make_listing(make_member()), {}

    def note(answer):
        found.update({name: one["max-age"] for name, one in answer.cookies.items() if one.value})

    visitor = Client()
    ways = ("/", "/membership/", "/directory/", "/callback/", "/contact/", "/accounts/signup/")
    for way in (
        *ways,
        "/accounts/password/reset/",
        "/records/calculator/",
        "/membership/which-type/",
    ):
        note(visitor.get(way))
    note(visitor.post("/directory/shortlist/", {"add": listing.slug}))
    note(visitor.post("/accounts/password/reset/", {"email": "nobody@example.org"}))
    for user in (listing.person.user, make_officer()):
        client, answer = logged_in(user)
        note(answer)
        for way in ("/profile/", "/apply/", "/profile/data/", "/records/", "/admin/", "/faq/"):
            note(client.get(way))
        note(client.post("/accounts/logout/"))
    return found


def test_every_cookie_that_is_set_stands_on_the_page_and_no_other(client):
    assert set(seen_cookies()) == set(told_cookies(client))


def test_each_stays_as_long_as_the_page_says():
    seen = seen_cookies()

    assert {one.name: one.seconds or "" for one in cookies.ours()} == seen


@pytest.mark.parametrize(
    "way", ["/", "/about/", "/faq/", "/notices/", "/membership/", *PROMISES[:3]]
)
def test_who_only_reads_gets_no_cookie(client, way):
    assert dict(client.get(way).cookies) == {}


@pytest.mark.browser
def test_nothing_else_is_kept_in_the_browser(client):
    browser, (member, _answer) = Chromium(), logged_in(make_member().user)

    def kept(page):
        for way in ("/directory/", "/profile/", "/callback/"):
            page.goto(way)
        stored = page.evaluate("[localStorage.length, sessionStorage.length]")
        return {one["name"] for one in page.context.cookies()}, stored

    try:
        names, stored = browser.see("/", kept, client=member)
    finally:
        browser.close()

    assert names <= set(told_cookies(client))
    assert stored == [0, 0]
