"""The payment reference is copied with a button where script runs, and marked whole without."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browsing import Chromium
from tests.payments.money import make_invoice

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


@pytest.fixture
def invoice():
    return make_invoice(7200)


def see(browser, invoice, look, **options):
    client = Client()
    client.force_login(invoice.payer.user)
    path = reverse("payments:bank_transfer", args=[invoice.number])
    return browser.see(path, look, client=client, **options)


def test_a_button_copies_the_reference(browser, invoice):
    def copied(page):
        page.get_by_role("button", name="Copy the reference").click()
        page.get_by_text("Copied").wait_for()
        return page.evaluate("navigator.clipboard.readText()")

    granted = ["clipboard-read", "clipboard-write"]

    assert see(browser, invoice, copied, permissions=granted) == invoice.account.payment_reference


def test_without_script_there_is_no_button_and_the_reference_is_text(browser, invoice):
    def shown(page):
        return page.get_by_role("button", name="Copy").count(), page.inner_text("main strong")

    found = see(browser, invoice, shown, java_script_enabled=False)

    assert found == (0, invoice.account.payment_reference)
