"""A browser's look at pages, person by person."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

from playwright.sync_api import Page as Window

from tests.browsing import Chromium
from tests.look import checkers
from tests.look.pages import Seen

# The policy of our pages lets no script in that is not ours, and axe is not: it is bypassed.
OPTIONS = {"bypass_csp": True, "reduced_motion": "reduce"}
Found = TypeVar("Found")


def look(
    chromium: Chromium, pages: list[Seen], script: Callable[[Window], Found]
) -> Iterator[tuple[Seen, Found]]:
    """What a script finds on each page, opened once, by whom it was shown to."""
    for _who, theirs in groupby(pages, key=lambda seen: seen.who):
        shown = list(theirs)
        with chromium.window(shown[0].page.client, **OPTIONS) as window:
            for seen in shown:
                yield seen, window.see(seen.page.address, script)


def faults(chromium: Chromium, pages: list[Seen]) -> dict[str, list[str]]:
    """What is wrong with pages, by page."""
    seen = look(chromium, pages, checkers.everything)
    return {str(page): wrong for page, wrong in seen if wrong}
