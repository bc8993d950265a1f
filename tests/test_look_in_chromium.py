"""What a browser shows: contrast in light and dark, narrow screens, the keyboard, print."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.browsing import Chromium
from tests.factories import make_approved, make_fee_rate, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PUBLIC = (
    "/",
    "/membership/",
    "/membership/benefits/",
    "/membership/which-type/",
    "/membership/flowchart/",
    "/membership/to-hand/",
    "/faq/",
    "/callback/",
    "/contact/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/complaints/",
    "/directory/",
    "/records/calculator/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nowhere/",
)
OWN = ("/profile/", "/apply/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/")
PHONE = {"width": 360, "height": 800}
NARROWEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


def signed_in(person):
    client = Client()
    client.force_login(person.user)
    return client


def axe_faults(page):
    """All faults in light; in dark, where only colours differ, those of contrast."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    results = Axe().run(page, options={"runOnly": ["color-contrast"]} if dark else None)
    return [
        f"{fault['id']} {node['target']} {node.get('failureSummary', '')}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]


def seen_by(browser, script, paths, **options):
    """What the script returns where that is not nothing, by page."""
    found = {path: browser.see(path, script, **options) for path in paths}
    return {path: what for path, what in found.items() if what}


# The policy of our pages lets no script in that is not ours, and axe is not: it is bypassed.
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_public_pages(browser, scheme):
    make_fee_rate()
    make_member()

    found = seen_by(browser, axe_faults, PUBLIC, color_scheme=scheme, bypass_csp=True)

    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_members_own_pages(browser, scheme):
    member = signed_in(make_member())

    found = seen_by(browser, axe_faults, OWN, client=member, color_scheme=scheme, bypass_csp=True)

    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_where_a_fee_is_due(browser, scheme):
    owing = signed_in(make_approved().person)

    found = seen_by(
        browser, axe_faults, ("/", "/profile/"), client=owing, color_scheme=scheme, bypass_csp=True
    )

    assert found == {}


def send_empty(page):
    page.locator("main form button[type=submit]").click()
    page.locator(".error-summary").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_form_with_errors(browser, scheme):
    def script(page):
        send_empty(page)
        return axe_faults(page)

    assert browser.see("/callback/", script, color_scheme=scheme, bypass_csp=True) == []


def overflow(page):
    return page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
    )


def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser):
    make_fee_rate()
    member = signed_in(make_member())

    assert seen_by(browser, overflow, PUBLIC, viewport=NARROWEST) == {}
    assert seen_by(browser, overflow, OWN, client=member, viewport=NARROWEST) == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_login_is_at_the_top_right_of_the_home_page(browser, width):
    def script(page):
        return page.get_by_role("link", name="Login").bounding_box()

    box = browser.see("/", script, viewport={"width": width, "height": 800})

    assert box["y"] < 80
    assert box["x"] + box["width"] > width * 0.75


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
        .filter(one => one.offsetParent && !one.closest(".visually-hidden, .skip-link"))
        .filter(one => one.getBoundingClientRect().height < 24
                    || one.getBoundingClientRect().width < 24)
        .map(one => one.outerHTML.slice(0, 80))"""
    member = signed_in(make_member())

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


def test_the_pages_work_without_script(browser):
    def script(page):
        for words in ("Questions", "How do I pay for my membership?"):
            with page.expect_navigation():
                page.get_by_role("link", name=words, exact=True).click()
        return page.url.removeprefix(browser.site)

    assert browser.see("/", script, java_script_enabled=False) == "/faq/#how-do-i-pay"
