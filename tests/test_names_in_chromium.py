"""What screen readers are told, asked of the browser's accessibility tree."""

import pytest

from tests.browsing import Chromium
from tests.factories import make_approved
from tests.signed_in import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# What can be pressed, filled in or chosen, and what people jump to.
NEEDS_A_NAME = {
    "button",
    "checkbox",
    "combobox",
    "heading",
    "image",
    "link",
    "navigation",
    "radio",
    "textbox",
}
PAGES = (
    "/",
    "/accounts/login/",
    "/apply/",
    "/callback/",
    "/components/",
    "/components/paper/",
    "/directory/",
    "/faq/",
    "/membership/flowchart/",
    "/membership/which-type/",
    "/profile/",
    "/records/calculator/",
)


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


def tree_of(page):
    """Role, name and description of every node that screen readers meet, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        tuple(node.get(key, {}).get("value", "") for key in ("role", "name", "description"))
        for node in nodes
        if not node["ignored"]
    ]


def test_whatever_is_pressed_filled_in_or_jumped_to_has_a_name(browser):
    owing = browser_of(make_approved().person)

    trees = {path: browser.see(path, tree_of, client=owing) for path in PAGES}

    met = {role for tree in trees.values() for role, _name, _description in tree}
    assert met >= NEEDS_A_NAME
    nameless = {
        (path, role)
        for path, tree in trees.items()
        for role, name, _description in tree
        if role in NEEDS_A_NAME and not name.strip()
    }
    assert nameless == set()


def test_links_of_one_name_lead_to_one_place(browser):
    """Whoever goes from link to link hears their names alone."""

    def led(page):
        links = page.locator("main a").all()
        return [(link.inner_text().strip(), link.get_attribute("href")) for link in links]

    owing = browser_of(make_approved().person)

    ways = {path: set(browser.see(path, led, client=owing)) for path in PAGES}

    twice = {
        (path, name)
        for path, found in ways.items()
        for name, _href in found
        if sum(name == other for other, _where in found) > 1
    }
    assert twice == set()


def test_a_field_with_a_fault_says_its_hint_and_its_fault(browser):
    tree = browser.see("/components/", tree_of)

    told = [description for role, name, description in tree if name == "E-mail address"]
    assert told[0] == "Answers reach you here."
    assert "Answers reach you here." in told[1]
    assert "Enter an e-mail address such as name@example.org." in told[1]


def test_a_group_of_choices_is_named_by_its_question(browser):
    tree = browser.see("/components/", tree_of)

    groups = {name for role, name, _description in tree if role in {"group", "radiogroup"}}
    assert {"Do you practise?", "Areas of expertise", "When did it begin?"} <= groups
