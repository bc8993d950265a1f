"""Nobody's home, e-mail address or telephone in any byte that the public can read."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from membership.models import Person, Referee, User
from tests.walking import Page

pytestmark = pytest.mark.django_db

STARTS = ("/", "/directory/", "/directory/sitemap.xml", "/directory/?postcode=CF14", "/faq/")
# The letters of the demo lie open on purpose, and the shop window of PayPal's stand-in is its own.
LEFT_OUT = re.compile(r"^/(outbox|admin|static|accounts)/")
ENOUGH = 60


def crawl() -> dict[str, bytes]:
    """Every page that a visitor can reach by links, following each kind of search once or twice."""
    client, pages, waiting = Client(), {}, list(STARTS)
    searches: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        if path in pages or LEFT_OUT.match(path):
            continue
        shape = re.sub(r"=[^&]*", "=", path)
        searches[shape] = searches.get(shape, 0) + 1
        if "?" in path and searches[shape] > 5:
            continue
        answer = client.get(path, follow=True)
        pages[path] = b"".join(answer) if answer.streaming else answer.content
        pages[path] += repr(answer.headers).encode()
        waiting += links_of(path, pages[path].decode(errors="replace"))
    return pages


def links_of(path: str, text: str) -> list[str]:
    page = Page(text)
    found = [*page.links, *(one.get("src", "") for one in page.all("img"))]
    found += re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", text)
    inner = (urljoin(path, link).partition("#")[0] for link in found)
    return [link for link in inner if link.startswith("/") and not urlsplit(link).netloc]


def secrets() -> dict[str, str]:
    """What must not be told, each with whose it is."""
    found: dict[str, str] = {}
    for person in Person.objects.all():
        for text in (person.email, person.work_email, person.address_line_1, person.postcode):
            found[text] = str(person)
        for phone in (person.phone, person.work_phone):
            if phone:
                national = str(phone.national_number)
                spaced = f"{national[:2]} {national[2:6]} {national[6:]}"
                found |= dict.fromkeys((national, spaced), str(person))
    for user in User.objects.all():
        found[user.email] = str(user)
    for referee in Referee.objects.all():
        found[referee.email] = referee.name
    society = (settings.SOCIETY["email"], settings.SOCIETY["phone"])
    found = {text: whose for text, whose in found.items() if text and text not in society}
    return {text: whose for text, whose in found.items() if text not in EXAMPLES}


# The example beside every box for a postcode.
EXAMPLES = {"CF14 4XW"}


def test_no_public_page_of_the_demo_tells_an_address_or_a_telephone():
    call_command("fill_demo")
    pages, hidden = crawl(), secrets()

    told = {
        (path, text)
        for path, content in pages.items()
        for text in hidden
        if text.encode() in content
    }

    assert len([path for path in pages if re.match(r"/directory/[\w-]+/$", path)]) > 10
    assert len(pages) > ENOUGH
    assert len(hidden) > ENOUGH
    assert told == set()
