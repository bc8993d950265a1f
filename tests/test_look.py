"""Every page that can be reached: its structure, its policy and its size."""

import gzip
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from directory.search import A_PAGE
from tests.directory.make import make_listing
from tests.factories import (
    make_approved,
    make_fee_rate,
    make_member,
    make_person,
)
from tests.signed_in import browser_of
from tests.walking import Page, faults

pytestmark = pytest.mark.django_db

LEFT_OUT = ("/admin/", "/static/", "/outbox/")
# Pages that no link leads to, or only from a page that was sent.
BESIDES = (
    "/",
    "/nowhere/",
    "/faq/archive/",
    "/callback/thank-you/",
    "/accounts/signup/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-broken/",
    "/accounts/inactive/",
)
KILOBYTES_OF_A_FIRST_VIEW = 60


def walk(client, *starts):
    """Every page that links lead to from here, by its address."""
    pages, waiting = {}, list(starts)
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        response = client.get(path, follow=True)
        pages[path] = response
        if response["Content-Type"].startswith("text/html"):
            waiting += [link for link in own_links(response) if link not in pages]
    return {
        path: response
        for path, response in pages.items()
        if response["Content-Type"].startswith("text/html")
    }


def own_links(response):
    links = [link.partition("#")[0] for link in Page(response.content.decode()).links]
    return [link for link in links if link.startswith("/") and not link.startswith(LEFT_OUT)]


def found_faults(pages):
    return [
        f"{path}: {fault}"
        for path, response in sorted(pages.items())
        for fault in faults(Page(response.content.decode()))
    ]


@pytest.fixture
def visitor(client):
    make_fee_rate()
    make_member()
    return walk(client, *BESIDES)


def test_every_page_that_a_visitor_can_reach_is_well_made(visitor):
    assert {"/faq/", "/callback/", "/directory/", "/membership/", "/accounts/login/"} <= set(
        visitor
    )
    assert found_faults(visitor) == []


def test_no_link_of_a_visitor_leads_nowhere(visitor):
    lost = [path for path, response in visitor.items() if response.status_code != 200]

    assert lost == ["/nowhere/"]


def test_no_two_pages_of_a_visitor_have_one_title(visitor):
    titles = {}
    for path, response in visitor.items():
        if not response.redirect_chain and "?" not in path:
            titles.setdefault(Page(response.content.decode()).title, []).append(path)

    assert [paths for paths in titles.values() if len(paths) > 1] == []


def test_every_page_carries_the_strict_policy(visitor):
    policies = {response["Content-Security-Policy"] for response in visitor.values()}

    assert len(policies) == 1
    policy = policies.pop()
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("make", [make_person, make_member, lambda: make_approved().person])
def test_every_page_that_somebody_signed_in_can_reach_is_well_made(make):
    pages = walk(browser_of(make()), "/", "/profile/", "/apply/")

    assert found_faults(pages) == []
    assert [path for path, response in pages.items() if response.status_code != 200] == []


@pytest.mark.parametrize(
    "path",
    [
        "/callback/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ],
)
def test_a_form_sent_empty_names_every_fault_and_leads_to_it(client, path):
    response = client.post(path, {})

    page = Page(response.content.decode())
    assert list(faults(page)) == []
    assert page.title.startswith("Error: ")
    summary = [link for link in page.links if link.startswith("#id_")]
    assert len(summary) == len(
        [name for name in response.context["form"].errors if name != "__all__"]
    )


def dress():
    """The bytes of what a first view loads besides its page."""
    files = ("vendor/bootstrap/css/bootstrap.min.css", "site.css", "icon.svg")
    return sum(len(brotli.compress(Path(finders.find(file)).read_bytes())) for file in files)


def test_a_first_view_of_any_public_page_is_small_over_the_wire(visitor):
    clothes = dress()

    sizes = {
        path: len(gzip.compress(response.content)) + clothes for path, response in visitor.items()
    }

    too_large = {
        path: size for path, size in sizes.items() if size > KILOBYTES_OF_A_FIRST_VIEW * 1000
    }
    assert too_large == {}


def test_a_full_page_of_the_directory_is_small(client):
    for _ in range(A_PAGE + 1):
        make_listing(make_member())

    response = client.get("/directory/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.context["results"].cards) == A_PAGE
    assert len(response.content) + dress() < KILOBYTES_OF_A_FIRST_VIEW * 1000
