"""Follows every link of the demo as one person, and keeps what was answered."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.urls import Resolver404, resolve

from cmsuk.made_up.people import Somebody
from membership.models import User

EACH = 6
"""So many addresses of one pattern are enough: the pages of a hundred letters look alike."""
STARTS = ("/", "/profile/", "/apply/", "/records/")
HOST = "testserver"
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
LEFT_ALONE = ("/admin/jsi18n", "/static/", "/accounts/logout", "/admin/logout")
PARTS = ("/_", "partials/", "django/forms", "bootstrap5/")


@dataclass(frozen=True)
class Page:
    """What one address answered, and the template it was drawn from; empty for a file.

    It may have led on to another: `landed` is where the answer came from.
    """

    address: str
    landed: str
    status: int
    template: str
    html: str
    client: Client

    @property
    def is_ours(self) -> bool:
        """Drawn by a template of this project, not by one that Django's admin brings along."""
        folders = settings.TEMPLATES[0]["DIRS"]
        return any((Path(folder) / self.template).is_file() for folder in folders)

    @property
    def is_letter(self) -> bool:
        """A letter as it is sent: without the frame of a page, and with styles of its own."""
        return self.template.startswith("letters/")


def signed_in(who: Somebody | None) -> Client:
    client = Client()
    if who is not None:
        client.force_login(User.objects.get(email=who.email))
    return client


def crawl(client: Client, starts: Iterable[str] = STARTS) -> Iterator[Page]:
    """What links lead to, nearest first: each address once, and a few of each pattern."""
    waiting, seen, visited = deque(starts), set(starts), Counter[str]()
    while waiting:
        address = waiting.popleft()
        pattern = pattern_of(address)
        visited[pattern] += 1
        if visited[pattern] > EACH:
            continue
        answer = client.get(address, follow=True)
        html = answer.content.decode() if is_page(answer) else ""
        landed = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        yield Page(address, landed, answer.status_code, template_of(answer), html, client)
        new = [link for link in links_of(landed, html) if link not in seen]
        waiting.extend(new)
        seen.update(new)


def pattern_of(address: str) -> str:
    """The pattern of an address, with the names of what is asked of it."""
    parts = urlsplit(address)
    asked = "&".join(re.findall(r"(?:^|&)(\w+)=", parts.query))
    try:
        return f"{resolve(parts.path).route}?{asked}"
    except Resolver404:
        return address


def is_page(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "").startswith("text/html")


def template_of(answer: HttpResponse) -> str:
    """The page's own template: the first drawn that is no part of another."""
    drawn: list[Template] = getattr(answer, "templates", [])
    names = [str(one.name) for one in drawn if one.name]
    return next((name for name in names if not any(part in name for part in PARTS)), "")


def links_of(address: str, html: str) -> list[str]:
    """Addresses of ours that a page leads to."""
    found = []
    for link in dict.fromkeys(LINK.findall(html)):
        target = urlsplit(urljoin(f"http://{HOST}{address}", unescape(link)))
        ours = target.netloc == HOST and not target.path.startswith(LEFT_ALONE)
        # One page of each list is enough: sorting and filtering multiply without end.
        if ours and (not target.query or not target.path.startswith("/admin/")):
            found.append(target.path + (f"?{target.query}" if target.query else ""))
    return found
