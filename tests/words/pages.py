"""The three lists as Markdown: letters, messages and addresses."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from foundation import letter_samples
from foundation.letter_samples import Sample, Shown
from tests.words import reading
from tests.words.messages import KINDS, ROOMS, Said, everything

MADE_BY = "Made by `make words` out of the code: change it there, then run that again."
TOLD_BY_ALLAUTH = "templates/account/messages"
LETTERS_HEAD = (
    f"{MADE_BY} Its words stand in `templates/letters/`, its made-up facts in "
    "`templates/letters/letters.toml`. With the demo running, the same letters can be seen "
    "as mail programs show them at http://127.0.0.1:8000/letters/. Each ends with the name "
    "and the address of the society, which are left out here."
)
LETTERS_AGE = (
    "The age is that of a reader who follows it easily, by the formula of Flesch and "
    "Kincaid (`tests/words/reading.py`); a test keeps every part at 12 or below."
)
MESSAGES_HEAD = (
    f"{MADE_BY} It holds whatever ends like a sentence in the code, with “…” where something "
    "is filled in, and after it the file that says it. What pages say of themselves stands in "
    "`templates/`; letters have a [list of their own](letters.md)."
)
ADDRESSES_HEAD = (
    f"{MADE_BY} Who may open which is tested in `tests/test_access.py` and "
    "`tests/test_permissions.py`. Signing in (`/accounts/`) is django-allauth's; what the "
    "office lists, adds and changes (`/admin/`) is Django's own, and not repeated here."
)


# Letters ---------------------------------------------------------------------------------------


def letters() -> str:
    """Every letter with made-up facts, part by part."""
    parts = [(part, list(some)) for part, some in groupby(samples(), attrgetter("part"))]
    return "\n".join(
        [
            "# Every letter",
            "",
            LETTERS_HEAD,
            "",
            LETTERS_AGE,
            "",
            "| about | letters | age |",
            "|---|---|---|",
            *(
                f"| {part} | {len(some)} | {reading.age(all_text(some)):.0f} |"
                for part, some in parts
            ),
            "",
            *(line for part, some in parts for line in _part(part, some)),
        ]
    )


def samples() -> tuple[Sample, ...]:
    return letter_samples.all_of_them()


def all_text(some: Iterable[Sample]) -> str:
    return "\n".join(body(shown) for one in some for shown in one.shown())


def body(shown: Shown) -> str:
    """Its words without the society's name and address below."""
    society = settings.SOCIETY
    ends = (society["email"], f"{society['long_name']} ({society['name']})")
    ends = (*ends, society["long_name"], society["name"])
    lines = shown.text.rstrip().splitlines()
    while lines and (not lines[-1].strip() or lines[-1].strip() in ends):
        lines.pop()
    return "\n".join(lines)


def _age(some: list[Sample]) -> str:
    return f"{reading.age(all_text(some)):.0f}"


def _part(part: str, some: list[Sample]) -> Iterator[str]:
    yield from (f"## {part.capitalize()}", "")
    for one in some:
        yield from (f"### {one.name}", "", f"To {one.to}: {one.when}.", "")
        for number, shown in enumerate(one.shown()):
            if number:
                yield from ("In another case:", "")
            yield from ("```text", shown.subject, "", *_single_gaps(body(shown)), "```", "")


def _single_gaps(text: str) -> Iterator[str]:
    before = ""
    for line in text.splitlines():
        if line.strip() or before.strip():
            yield line.rstrip()
        before = line


# Messages --------------------------------------------------------------------------------------


def messages() -> str:
    """Every sentence of the code, room by room, with the file that says it."""
    said = everything()
    head = [
        "# Every message",
        "",
        MESSAGES_HEAD,
        "",
    ]
    lines = [line for room in ROOMS for line in _room(room, [o for o in said if o.room == room])]
    return "\n".join([*head, *lines, *_of_allauth()])


def _room(room: str, said: list[Said]) -> Iterator[str]:
    yield from (f"## {ROOMS[room]}", "")
    for kind in KINDS:
        of_kind = [one for one in said if one.kind == kind]
        if of_kind:
            yield from (f"### {kind}", "", *map(_line, of_kind), "")


def _line(one: Said) -> str:
    words = re.sub(r"([*_\[\]])", r"\\\1", one.words).replace("<", "&lt;")
    return f"- {words} (`{one.file}`)"


def _of_allauth() -> Iterator[str]:
    yield from ("## Signing in", "", "### What was done", "")
    for file in sorted((settings.BASE_DIR / TOLD_BY_ALLAUTH).glob("*.txt")):
        words = file.read_text(encoding="utf-8").replace("{{ email }}", "…")
        words = words.replace("{% autoescape off %}", "").replace("{% endautoescape %}", "")
        yield f"- {words.strip()} (`{TOLD_BY_ALLAUTH}/{file.name}`)"
    yield ""


# Addresses -------------------------------------------------------------------------------------


def addresses() -> str:
    """Every address that is ours, with what its view says of itself."""
    found = list(_routes(get_resolver()))
    ours = [(route, view) for route, view in found if _is_ours(view)]
    public = [one for one in ours if not one[0].startswith("admin/")]
    office = [one for one in ours if one[0].startswith("admin/")]
    return "\n".join(
        [
            "# Every address",
            "",
            ADDRESSES_HEAD,
            "",
            "| address | what it is | in |",
            "|---|---|---|",
            *map(_row, public),
            "",
            "## The office",
            "",
            "| address | what it is | in |",
            "|---|---|---|",
            *map(_row, office),
            "",
        ]
    )


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, inspect.unwrap(each.callback)
        else:
            yield from _routes(each, route)


def _is_ours(view: Callable[..., Any]) -> bool:
    own = view.__module__.partition(".")[0] in ROOMS
    return own and not view.__name__.endswith(("changelist_view", "change_view", "add_view"))


def _row(one: tuple[str, Callable[..., Any]]) -> str:
    route, view = one
    told = (inspect.getdoc(view) or view.__name__.replace("_", " ").capitalize() + ".").split("\n")
    shown = route.replace("|", "\\|").replace("^", "").replace("$", "")
    return f"| `/{shown}` | {told[0]} | `{view.__module__}` |"
