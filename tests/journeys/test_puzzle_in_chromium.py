"""A browser with script solves the puzzle while somebody writes; otherwise they are asked."""

import pytest
from playwright.sync_api import expect

from foundation import captcha
from website.models import CallbackRequest

pytestmark = pytest.mark.browser
SLOW = """
const quick = SubtleCrypto.prototype.deriveBits;
let waited = false;
SubtleCrypto.prototype.deriveBits = async function (...told) {
  if (!waited) await new Promise((go) => setTimeout(go, 5000));
  waited = true;
  return quick.apply(this, told);
};
"""


@pytest.fixture
def open_page(site, chromium):
    opened = []

    def open_one(*, without: str = ""):
        """The form, after `without` took something from the browser."""
        opened.append(chromium.new_context())
        page = opened[-1].new_page()
        page.add_init_script(without)
        page.goto(f"{site}/callback/")
        return page

    yield open_one
    for one in opened:
        one.close()


def question(page):
    return page.locator("[name=answer]")


def write(page, name="Sunita Sample"):
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Telephone").fill("020 7946 0123")
    page.locator("[name=best_time]").first.check()
    page.locator("[name=topic]").first.check()


def send(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Ask for a call").click()


def when_a_person_may_send(page):
    page.wait_for_timeout(1000 * captcha.LEAST_SECONDS + 100)


def names():
    return list(CallbackRequest.objects.values_list("name", flat=True))


def test_nobody_is_asked_whose_browser_runs_script(open_page):
    page = open_page()

    expect(question(page)).to_be_hidden()
    write(page)
    when_a_person_may_send(page)
    send(page)

    assert names() == ["Sunita Sample"]


def test_who_sends_before_it_is_solved_waits_for_it_and_need_not_send_again(open_page):
    page = open_page(without=SLOW)

    write(page)
    when_a_person_may_send(page)
    unsolved = page.locator("[name=proof]").input_value()
    send(page)

    assert (unsolved, names()) == ("", ["Sunita Sample"])


def test_a_form_with_a_mistake_is_solved_anew_and_still_asks_nothing(open_page):
    page = open_page()

    write(page, name="")
    when_a_person_may_send(page)
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("Enter your name.")
    expect(question(page)).to_be_hidden()
    page.get_by_label("Your name").fill("Sunita Sample")
    send(page)

    assert names() == ["Sunita Sample"]


def test_a_browser_that_cannot_solve_it_asks_its_reader(open_page):
    page = open_page(without="delete Crypto.prototype.subtle")

    expect(question(page)).to_be_visible()


def test_where_solving_breaks_off_the_question_comes_back(open_page):
    page = open_page(without="SubtleCrypto.prototype.deriveBits = () => Promise.reject()")

    expect(question(page)).to_be_hidden()
    write(page)

    expect(question(page)).to_be_visible()
    assert names() == []
