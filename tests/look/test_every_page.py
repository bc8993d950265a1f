"""Every page that links of the demo lead to: no link broken, sound HTML, and no fault for axe."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from cmsuk.made_up import portal
from tests.browsing import Chromium
from tests.look import checkers, looking
from tests.look.pages import all_pages, broken_links, one_of_each
from tests.walking import Page as Read
from tests.walking import faults

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


def test_no_link_is_broken(pages):
    assert [(seen.page.status, str(seen)) for seen in broken_links(pages)] == []


def test_the_structure_of_every_page_is_sound(pages):
    ours = [seen for seen in pages if seen.page.is_ours and "/admin/" not in seen.page.landed]
    framed = [seen for seen in ours if seen.page.html and not seen.page.is_letter]

    wrong = {str(seen): list(faults(Read(seen.page.html))) for seen in framed}

    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.nu
def test_the_html_of_every_page_is_valid(pages, tmp_path):
    wrong = checkers.nu(tmp_path, [(str(seen), seen.page.html) for seen in one_of_each(pages)])

    assert wrong == []


@pytest.mark.browser
def test_every_page_can_be_read_in_light_in_dark_and_at_the_greatest_zoom(pages, browser):
    assert looking.faults(browser, one_of_each(pages)) == {}
