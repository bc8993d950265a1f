"""Everything that the society says of itself stands on the site, at the address that we tell."""

import html
import re
import tomllib
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from tests.factories import A_MOMENT
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("what_we_say.toml")
DOCUMENT = settings.BASE_DIR / "docs" / "what-we-say.md"
GROUPS = tomllib.loads(FILE.read_text(encoding="utf-8"))["group"]
SAYINGS = [one for group in GROUPS for one in group["says"]]
# Between words these begin no line of their own: “<strong>Adults:</strong> 8 years”.
INLINE = re.compile(r"</?(a|strong|em|span|code)\b[^>]*>")
HEAD = """\
# What the society says, and where

Everything that the society has said of itself on its page of questions and before an application,
in our own words, with the address of each on the demo site (`make run`, then
http://127.0.0.1:8000 before the address). Figures are those of the rules in force. Where another
person than a visitor reads it, that is said.

The list is `tests/website/what_we_say.toml`; a test walks every line of it, looks for its sentence,
and holds this page against it.
"""


def words_of(page):
    """What people read on a page, without header and footer, in one line."""
    main = re.search(r"<main\b.*?</main>", page, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", INLINE.sub("", main[0] if main else page))
    return " ".join(html.unescape(text).split())


def missing(world):
    """Each line whose address, place on the page or sentence is not there."""
    pages = {}
    for one in SAYINGS:
        way, _, place = one["at"].partition("#")
        role = one.get("as", "visitor")
        if (role, way) not in pages:
            answer = world.client_of(role).get(way)
            pages[role, way] = answer.content.decode() if answer.status_code == 200 else ""
        page = pages[role, way]
        if one["found"] not in words_of(page) or (place and f'id="{place}"' not in page):
            yield f"{one['at']}: {one['found']}"


def rendered():
    """The page of the documentation, made of the list."""
    parts = [HEAD]
    for group in GROUPS:
        rows = [f"| {one['what']} | `{one['at']}`{_reader(one)} |" for one in group["says"]]
        parts.append("\n".join([f"## {group['name']}", "", "| what | where |", "|---|---|", *rows]))
    return "\n".join([parts[0], "\n\n".join(parts[1:]), ""])


def _reader(one):
    return f", as {one['as']}" if "as" in one else ""


def test_every_statement_is_found_where_we_tell():
    with time_machine.travel(A_MOMENT, tick=False):
        assert list(missing(World())) == []


def test_the_document_is_the_list():
    assert DOCUMENT.read_text(encoding="utf-8") == rendered()


def test_each_line_says_who_reads_it_and_stands_there_once():
    assert {one.get("as", "visitor") for one in SAYINGS} <= set(ROLES)
    assert len({one["what"] for one in SAYINGS}) == len(SAYINGS) > 70
