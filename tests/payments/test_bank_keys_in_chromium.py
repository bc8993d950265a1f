"""The queue of bank lines is worked through with one key, in a real browser."""

import pytest
from django.test import Client
from django.urls import reverse

from payments.models import BankLine
from tests.browsing import Chromium
from tests.factories import A_DAY, make_officer
from tests.payments.banking import credit, make_debtor, take
from tests.payments.money import money_of
from tests.payments.statement_files import Row

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


@pytest.mark.parametrize("script", [True, False])
def test_enter_accepts_a_suggestion_and_then_the_next(browser, script):
    """The button has the focus when the page opens; the page after it is the next line's."""
    first, second = make_debtor(), make_debtor()
    take(credit(first, 7199), credit(second, 7198), Row(A_DAY, 500, "A CLIENT LTD", "THANKS"))
    client = Client()
    client.force_login(make_officer())
    line, _other, left = BankLine.objects.order_by("position")

    def work(page):
        for _line in range(2):
            # A browser gives the focus when it first draws the page, which may be after loading.
            page.locator("button:focus, input[type=submit]:focus").wait_for()
            with page.expect_navigation():
                page.keyboard.press("Enter")
        return page.url

    end = browser.see(
        reverse("admin:payments_bankline_change", args=[line.pk]),
        work,
        client=client,
        java_script_enabled=script,
    )

    assert end.endswith(reverse("admin:payments_bankline_change", args=[left.pk]))
    assert [money_of(invoice) for invoice in (first, second)] == [[7199], [7198]]
    left.refresh_from_db()
    assert left.state == "unmatched"
