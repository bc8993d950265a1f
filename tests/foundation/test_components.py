"""The page of every component: whatever pages are made of stands on it, in every state."""

import pytest
from django.conf import settings

from foundation import components
from foundation.look import Tone
from tests.walking import Page, faults

pytestmark = pytest.mark.django_db
AROUND_EVERY_PAGE = {"site_header.html", "site_footer.html"}
PAGES = ("/components/", "/components/confirmation/", "/components/paper/")


def test_every_piece_of_a_page_is_shown(client):
    pieces = {file.name for file in (settings.BASE_DIR / "templates" / "partials").glob("*.html")}

    shown = {one.name for way in PAGES for one in client.get(way).templates if one.name}

    assert pieces - {name.rpartition("/")[2] for name in shown} - AROUND_EVERY_PAGE == set()


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_is_shown_of_each_piece_that_has_one(client, tone):
    html = client.get("/components/").content.decode()

    for piece in ("status-line", "tag", "card-box"):
        assert f'class="{piece} tone-{tone}"' in html
    assert f'<li class="tone-{tone}">' in html


def test_a_form_is_shown_fresh_and_with_a_fault_in_every_field():
    page = components.everything()

    assert not page["empty_form"].is_bound
    assert set(page["wrong_form"].errors) == {"__all__", *page["wrong_form"].fields}


@pytest.mark.parametrize("way", PAGES)
def test_the_pages_are_for_reading_and_well_made(client, way):
    assert client.post(way).status_code == 405
    assert list(faults(Page(client.get(way).content.decode()))) == []
