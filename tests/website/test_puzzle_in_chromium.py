"""The browser solves the puzzle while somebody writes; who is refused or without it is asked."""

import pytest
from playwright.sync_api import expect

from website.models import CallbackRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(site, chromium):
    page = chromium.new_page()
    page.goto(f"{site}/callback/")
    yield page
    page.close()


def question(window):
    return window.locator("[name=answer]")


def fill(window):
    window.get_by_label("Your name").fill("Sunita Sample")
    window.get_by_label("Telephone").fill("020 7946 0123")
    window.get_by_label("Membership", exact=True).check()


def test_a_browser_with_script_asks_nothing_and_the_call_is_asked_for(window):
    fill(window)
    window.wait_for_timeout(2100)
    window.get_by_role("button", name="Request a callback").click()

    expect(window.locator("h1")).not_to_have_text("Request a callback")
    assert CallbackRequest.objects.get().name == "Sunita Sample"
