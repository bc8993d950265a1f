"""The public pages say what they should, to everybody, with few queries."""

import datetime as dt
import re

import pytest

from cmsuk import errors
from membership.types import MembershipType
from tests.factories import A_MOMENT, make_approved, make_fee_rate, make_member
from tests.signed_in import browser_of
from tests.website.writing import make_page, make_published
from website import benefits
from website.models import Page, PageVersion
from website.publishing import Words

pytestmark = pytest.mark.django_db

PAGES = {
    "/": "The UK society for case managers",
    "/membership/benefits/": "Benefits of membership",
    "/about/": "About CMSUK",
    "/about/committees/": "Committees",
    "/notices/": "Notices",
    "/notices/the-new-portal/": "Our new site for members and applicants",
    "/faq/": "Frequently asked questions",
    "/faq/archive/": "Questions of earlier times",
    "/callback/": "Request a callback",
    "/callback/thank-you/": "We will call you",
    "/contact/": "Contact us",
    "/contact/thank-you/": "We have your message",
    "/privacy/": "How we use what you tell us",
    "/cookies/": "Cookies",
    "/accessibility/": "Accessibility",
    "/complaints/": "Complaints",
}
DEFINITION = (
    "Case Management is a collaborative process which: assesses, plans, implements, co-ordinates, "
    "monitors and evaluates the options and services required to meet an individual's health, "
    "social care, educational and employment needs, using communication and available resources "
    "to promote quality cost effective outcomes."
)


@pytest.mark.parametrize("path", PAGES)
def test_everybody_may_read_the_public_pages(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert f"<h1>{PAGES[path]}</h1>" in response.content.decode()


@pytest.mark.parametrize("path", sorted(set(PAGES) - {"/callback/", "/contact/", "/complaints/"}))
def test_pages_are_read_and_not_sent_to(client, path):
    assert client.post(path).status_code == 405


def test_the_home_page_has_what_the_society_promises(client):
    text = client.get("/").content.decode()

    assert DEFINITION in text
    assert '<a class="btn btn-primary" href="/membership/">Apply for Membership</a>' in text
    assert '<a class="login" href="/accounts/login/">Login</a>' in text
    assert 'href="/callback/">Request a callback</a>' in text
    assert "View your profile to pay" not in text


def test_the_home_page_tells_the_figures_of_the_day(client):
    make_fee_rate(MembershipType.ASSOCIATE, 7550, dt.date(2021, 1, 1))
    make_fee_rate(MembershipType.ASSOCIATE, 9900, dt.date(2999, 1, 1))

    text = client.get("/").content.decode()

    assert "at least 24 months or 2,500 hours of experience" in text
    assert "For most adults 8 years after care has ended" in text
    assert "<dt>Associate</dt><dd>£75.50 a year</dd>" in text
    assert "<dt>Student</dt><dd>Ask us</dd>" in text
    assert "£99" not in text


def test_the_home_page_shows_the_three_newest_notices_that_are_out(client):
    for day in (1, 2, 3):
        words = Words(f"Notice {day}", f"What happened on day {day}.", "More.")
        out = make_published(
            f"notice-{day}", kind="notice", words=words, at=A_MOMENT.replace(day=day)
        )
    make_page("later", kind="notice", words=Words("Not out yet", "", "Soon."))
    Page.objects.filter(slug="the-new-portal").update(first_published_at=A_MOMENT.replace(day=4))

    text = client.get("/").content.decode()

    titles = re.findall(r'<h3 id="notice-[^"]*"><a href="([^"]*)">', text)
    assert titles == ["/notices/the-new-portal/", "/notices/notice-3/", "/notices/notice-2/"]
    assert f'<a href="{out.get_absolute_url()}">Notice 3</a>' in text
    assert "What happened on day 3." in text
    assert "Not out yet" not in text


def test_without_notices_there_is_no_empty_heading(client):
    PageVersion.objects.filter(page__kind="notice").update(is_published=False)

    assert "All notices" not in client.get("/").content.decode()


def test_login_comes_before_everything_else_in_the_header(client):
    text = client.get("/").content.decode()

    assert text.index(">Login</a>") < text.index('aria-label="Main"')


def test_who_owes_a_fee_is_led_to_the_profile(db):
    text = browser_of(make_approved().person).get("/").content.decode()

    assert '<a class="btn btn-primary" href="/profile/">View your profile to pay</a>' in text


def test_who_owes_nothing_is_not_asked_while_somebody_else_owes(db):
    make_approved()

    text = browser_of(make_member()).get("/").content.decode()

    assert "View your profile to pay" not in text


def test_only_case_managers_have_the_directory_and_everybody_the_rest():
    for line in benefits.table():
        owners = [one for one, has_it in zip(MembershipType, line.has_it, strict=True) if has_it]
        if line.benefit.name == "A place in the directory":
            assert owners == [MembershipType.CASE_MANAGER]
        else:
            assert owners == list(MembershipType)


def test_there_are_seven_benefits():
    assert len(benefits.BENEFITS) == 7


def test_the_fee_of_the_day_stands_in_the_table_and_not_that_of_next_year(client):
    make_fee_rate(MembershipType.ASSOCIATE, 7200, dt.date(2020, 1, 1))
    make_fee_rate(MembershipType.ASSOCIATE, 7550, dt.date(2021, 1, 1))
    make_fee_rate(MembershipType.ASSOCIATE, 9900, dt.date(2999, 1, 1))

    text = client.get("/membership/benefits/").content.decode()

    assert "£75.50" in text
    assert "£20" in text
    assert "£72" not in text
    assert "£99" not in text
    assert text.count("Ask us") == 3


def test_a_stranger_is_asked_to_log_in_before_the_profile(client):
    response = client.get("/profile/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/profile/"


@pytest.mark.parametrize(
    ("path", "most"), [("/", 6), ("/membership/benefits/", 5), ("/contact/", 1)]
)
def test_public_pages_need_few_queries(client, path, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_page_that_is_not_there_shows_the_way_on(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "<h1>We cannot find that page</h1>" in response.content.decode()


def test_the_page_for_our_own_faults_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "It is not your doing." in response.content.decode()
