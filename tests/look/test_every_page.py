"""Every page that links of the demo lead to: no link broken, sound HTML, and no fault for axe."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from cmsuk.made_up import portal
from tests.browsing import Chromium
from tests.look import checkers
from tests.look.pages import Seen, all_pages, one_of_each
from tests.walking import Page as Read
from tests.walking import faults

pytestmark = pytest.mark.django_db

NARROWEST = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def empty_cache():
    """Nothing is emptied between these tests: they are the same people's sessions."""


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Whatever everybody sees in a demo that was filled just now; undone after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        portal.fill(now=timezone.now())
        yield list(all_pages())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.close()


def seen_by(browser: Chromium, pages: list[Seen], script, **options) -> dict[str, object]:
    """What the script says of one page of each template, where it says anything."""
    found = {
        str(seen): browser.see(seen.page.address, script, client=seen.page.client, **options)
        for seen in one_of_each(pages)
    }
    return {name: what for name, what in found.items() if what}


def test_no_link_is_broken(pages):
    """A link of a letter may have been used: that page says so."""
    broken = [(seen.page.status, str(seen)) for seen in pages if seen.page.status not in {200, 410}]

    assert broken == [(404, next(str(seen) for seen in pages if "/nowhere/" in str(seen)))]


def test_the_structure_of_every_page_is_sound(pages):
    ours = [seen for seen in pages if seen.page.is_ours and "/admin/" not in seen.page.address]

    wrong = {str(seen): list(faults(Read(seen.page.html))) for seen in ours if seen.page.html}

    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.nu
def test_the_html_of_every_page_is_valid(pages, tmp_path):
    wrong = checkers.nu(tmp_path, [(str(seen), seen.page.html) for seen in one_of_each(pages)])

    assert wrong == []


# The policy of our pages lets no script in that is not ours, and axe is not: it is bypassed.
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(pages, browser, scheme):
    options = {"color_scheme": scheme, "bypass_csp": True}

    assert seen_by(browser, pages, checkers.axe, **options) == {}


@pytest.mark.browser
def test_nothing_scrolls_sideways_at_the_greatest_zoom(pages, browser):
    assert seen_by(browser, pages, checkers.overflow, viewport=NARROWEST) == {}
