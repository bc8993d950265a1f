"""Search engines are told where the members' pages are, and what is none of their business."""

from urllib.robotparser import RobotFileParser

import pytest

CLOSED = ("/admin/", "/accounts/login/", "/apply/", "/profile/data/", "/verify/abc/")
OPEN = ("/", "/directory/", "/membership/", "/faq/", "/privacy/", "/static/site.css")


def told(client):
    answer = client.get("/robots.txt")
    reader = RobotFileParser()
    reader.parse(answer.content.decode().splitlines())
    return answer, reader


def test_a_stranger_reads_it_as_plain_text_without_a_cookie(client):
    answer, _ = told(client)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert dict(answer.cookies) == {}


@pytest.mark.parametrize("way", CLOSED)
def test_what_is_somebodys_own_is_closed_to_search_engines(client, way):
    _, reader = told(client)

    assert not reader.can_fetch("Anybot", way)


@pytest.mark.parametrize("way", OPEN)
def test_what_is_public_stays_open_to_them(client, way):
    _, reader = told(client)

    assert reader.can_fetch("Anybot", way)


def test_the_sitemaps_are_named_by_their_whole_addresses(client, settings):
    settings.SITE_URL = "https://members.example.org"

    _, reader = told(client)

    assert reader.site_maps() == [
        "https://members.example.org/sitemap.xml",
        "https://members.example.org/directory/sitemap.xml",
    ]


def test_the_icon_is_found_where_browsers_look_for_it(client):
    answer = client.get("/favicon.ico", follow=True)

    assert answer.redirect_chain == [("/static/icon.svg", 302)]
    assert b"<svg" in b"".join(answer)
