"""What a browser shows: forms with errors, the keyboard, print; tests/look/ sees every page."""

import pytest

from tests.browsing import Chromium
from tests.factories import make_approved, make_member, make_officer
from tests.look.checkers import axe
from tests.signed_in import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


def seen_by(browser, script, paths, **options):
    """What the script returns where that is not nothing, by page."""
    found = {path: browser.see(path, script, **options) for path in paths}
    return {path: what for path, what in found.items() if what}


# The policy of our pages lets no script in that is not ours, and axe is not: it is bypassed.
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_where_a_fee_is_due(browser, scheme):
    owing = browser_of(make_approved().person)

    found = seen_by(
        browser, axe, ("/", "/profile/"), client=owing, color_scheme=scheme, bypass_csp=True
    )

    assert found == {}


def send_empty(page):
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_form_with_errors(browser, scheme):
    def script(page):
        send_empty(page)
        return axe(page)

    assert browser.see("/callback/", script, color_scheme=scheme, bypass_csp=True) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_login_is_at_the_top_right_of_the_home_page(browser, width):
    def script(page):
        return page.get_by_role("link", name="Login").bounding_box()

    box = browser.see("/", script, viewport={"width": width, "height": 800})

    assert box["y"] < 80
    assert box["x"] + box["width"] > width * 0.75


def test_the_navigation_is_a_menu_on_a_phone_that_opens_by_key(browser):
    def script(page):
        question = page.get_by_role("link", name="Questions", exact=True)
        before = question.is_visible()
        page.get_by_text("Menu", exact=True).press("Enter")
        question.wait_for()
        question.press("Enter")
        page.wait_for_url("**/faq/")
        return before, page.get_by_text("Menu", exact=True).is_visible()

    assert browser.see("/", script, viewport=PHONE, java_script_enabled=False) == (False, True)


def test_the_navigation_stands_open_where_there_is_room(browser):
    def script(page):
        menu = page.get_by_text("Menu", exact=True).is_visible()
        return menu, page.get_by_role("link", name="Questions", exact=True).is_visible()

    assert browser.see("/", script, viewport={"width": 768, "height": 800}) == (False, True)


def test_the_first_key_leads_past_the_navigation(browser):
    def script(page):
        page.keyboard.press("Tab")
        first = page.locator(":focus").inner_text()
        shown = page.locator(":focus").bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.wait_for_url("**/faq/#main")
        page.keyboard.press("Tab")
        inside = "document.querySelector('main').contains(document.activeElement)"
        return first, shown, page.evaluate(inside)

    assert browser.see("/faq/", script) == ("Skip to main content", True, True)


def test_what_has_the_focus_has_a_ring(browser):
    ring = """(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
    })()"""

    def script(page):
        rings = []
        for _ in range(20):
            page.keyboard.press("Tab")
            rings.append(page.evaluate(ring))
        return rings

    assert browser.see("/callback/", script) == [True] * 20


def test_everything_to_press_is_large_enough(browser):
    targets = (
        "header a, header button, footer nav a, .btn, .back-link, summary, "
        "input:not([type=hidden]), select"
    )
    small = f"""[...document.querySelectorAll("{targets}")]
        .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, .skip-link"))
        .filter(one => one.getBoundingClientRect().height < 24
                    || one.getBoundingClientRect().width < 24)
        .map(one => one.outerHTML.slice(0, 80))"""
    member = browser_of(make_member())

    found = seen_by(
        browser,
        lambda page: page.evaluate(small),
        ("/", "/profile/", "/callback/", "/accounts/email/", "/directory/"),
        client=member,
        viewport=PHONE,
    )

    assert found == {}


def test_links_of_the_error_summary_lead_into_the_field(browser):
    def script(page):
        send_empty(page)
        page.get_by_role("link", name="Choose what it is about.").click()
        page.wait_for_url("**#id_topic_0")
        return page.evaluate("document.activeElement.id")

    assert browser.see("/callback/", script) == "id_topic_0"


def test_on_paper_there_is_no_navigation(browser):
    def script(page):
        page.emulate_media(media="print")
        navigation = page.get_by_role("navigation", name="Main")
        return navigation.is_visible(), page.get_by_role("heading", level=1).is_visible()

    assert browser.see("/faq/", script) == (False, True)


def test_the_office_prints_ink_on_white_from_a_dark_screen(browser):
    def script(page):
        page.emulate_media(media="print", color_scheme="dark")
        colours = page.locator("#content h1").evaluate(
            "it => [getComputedStyle(it).color, getComputedStyle(document.body).backgroundColor]"
        )
        return colours, page.locator("#toolbar").is_visible()

    shown = browser.see("/admin/membership/person/", script, client=browser_of(make_officer()))

    assert shown == (["rgb(22, 33, 31)", "rgb(255, 255, 255)"], False)


def test_the_pages_work_without_script(browser):
    def script(page):
        for words in ("Questions", "How do I pay for my membership?"):
            with page.expect_navigation():
                page.get_by_role("link", name=words, exact=True).click()
        return page.url.removeprefix(browser.site)

    assert browser.see("/", script, java_script_enabled=False) == "/faq/#how-do-i-pay"


@pytest.mark.parametrize("script_runs", [True, False])
def test_a_form_with_errors_comes_back_at_its_summary_and_leads_to_each_field(browser, script_runs):
    def script(page):
        send_empty(page)
        at_first = page.evaluate("document.activeElement.className")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        return page.title()[:6], at_first, page.evaluate("document.activeElement.id")

    shown = browser.see("/contact/", script, java_script_enabled=script_runs)

    assert shown == ("Error:", "error-summary", "id_email")


def test_the_office_comes_back_at_the_word_that_something_is_wrong(browser):
    def script(page):
        page.get_by_role("button", name="Look at it").click()
        page.locator(".errornote").wait_for()
        return page.evaluate("document.activeElement.className")

    path = "/admin/membership/arrivalfile/send/"

    assert browser.see(path, script, client=browser_of(make_officer())) == "errornote"


def test_without_script_there_is_no_button_for_a_passkey(browser):
    def script(page):
        return page.locator("#passkey_login").is_visible()

    seen = [
        browser.see("/accounts/login/", script, java_script_enabled=runs) for runs in (True, False)
    ]

    assert seen == [True, False]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_letter_is_shown_and_printed_dark_on_white_on_a_dark_screen(browser, medium, settings):
    settings.DEMO = True

    def script(page):
        page.emulate_media(media=medium, color_scheme="dark")
        frame = page.frame_locator("iframe.mail").first
        return frame.locator("body").evaluate(
            "it => [getComputedStyle(it).color, getComputedStyle(it).backgroundColor]"
        )

    text, ground = browser.see("/letters/welcome/", script)

    assert text in ("rgb(22, 33, 31)", "rgb(0, 0, 0)")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
