"""What docs/ and the README say is there: links, files, addresses, buttons, commands, pictures."""

import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.urls import Resolver404, resolve

from cmsuk.made_up import people
from tests.pictures.shots import SHOTS
from tests.test_house import ROOT, words_of
from tools.dev import COMMANDS

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE = {"letters.md", "messages.md", "addresses.md"}
WRITTEN = [file for file in DOCS if file.name not in MADE]
GUIDES = [ROOT / "docs" / f"{name}.md" for name in ("office", "deciding", "members", "purchasers")]
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
NO_FILE = ("http://", "https://", "mailto:")
IN_CODE = re.compile(r"```.*?```", re.DOTALL)


def named(file):
    return str(file.relative_to(ROOT))


def links():
    for file in DOCS:
        for target in LINK.findall(IN_CODE.sub("", file.read_text(encoding="utf-8"))):
            if not target.startswith(NO_FILE):
                path, _, anchor = target.partition("#")
                yield file, (file.parent / path).resolve() if path else file, anchor


def anchors_of(file):
    """As they are made of headings: small letters, hyphens, no other signs."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


def test_every_link_leads_to_a_file():
    lost = [f"{named(file)}: {target}" for file, target, _ in links() if not target.exists()]

    assert len(list(links())) > 60
    assert lost == []


def test_every_link_within_a_page_leads_to_a_heading():
    lost = [
        f"{named(file)}: #{anchor}"
        for file, target, anchor in links()
        if anchor and target.suffix == ".md" and anchor not in anchors_of(target)
    ]

    assert lost == []


def test_every_page_is_led_to():
    led_to = {target for file, target, _ in links() if target != file}

    assert [named(file) for file in DOCS[1:] if file.resolve() not in led_to] == []


@pytest.mark.parametrize("file", WRITTEN, ids=named)
def test_every_file_that_is_named_is_there(file):
    rooms = "cmsuk|website|records|benefits|payments|directory|membership|foundation"
    pattern = rf"`((?:{rooms}|templates|tests|tools|static)/[\w/.-]+\.\w+)`"
    paths = re.findall(pattern, file.read_text(encoding="utf-8"))

    assert [path for path in paths if not (ROOT / path).exists() and "my_" not in path] == []


@pytest.mark.parametrize("file", [DOCS[0], *GUIDES], ids=named)
def test_every_address_of_a_guide_exists(file):
    text = file.read_text(encoding="utf-8")
    paths = re.findall(r"`(/[\w/-]*/)`", text) + re.findall(r"127\.0\.0\.1:8000(/[\w/-]*)", text)

    lost = []
    for path in paths:
        try:
            resolve(path)
        except Resolver404:
            lost.append(path)
    assert lost == []


def said_on_pages():
    """Whatever a page may have as a button, a link or a heading."""
    code = [file for room in apps.get_app_configs() for file in ROOT.glob(f"{room.label}/**/*.py")]
    names = [str(model._meta.verbose_name_plural).capitalize() for model in apps.get_models()]
    return words_of([*(ROOT / "templates").rglob("*.html"), *code]) + "\n".join(names)


def test_every_button_that_a_guide_names_is_on_a_page():
    pages = re.sub(r"\s+", " ", said_on_pages())
    lost = []
    for file in GUIDES:
        text = re.sub(r"\s+", " ", file.read_text(encoding="utf-8"))
        lost += [f"{named(file)}: {words}" for words in bold(text) if words not in pages]

    assert lost == []


def bold(text):
    """What stands in bold and is no question or saying of the guide itself."""
    found = re.findall(r"\*\*([^*]+)\*\*", text)
    return [words for words in found if not words.endswith((".", "?", ":"))]


def test_every_login_of_the_readme_is_in_the_demo():
    text = DOCS[0].read_text(encoding="utf-8")

    logins = set(re.findall(r"`(\w+)@example\.org`", text))
    there = {one.login for one in vars(people).values() if isinstance(one, people.Somebody)}
    assert len(logins) > 5
    assert logins - there == set()
    assert f"`{people.PASSWORD}`" in text


# Commands --------------------------------------------------------------------------------------


def test_every_make_that_is_named_exists():
    named_here = set(re.findall(r"^(?:[A-Z]+=\d+ )*make (\w+)", code_of(DOCS), re.MULTILINE))

    assert named_here <= set(COMMANDS)
    assert {"run", "test", "check"} <= named_here


def code_of(files):
    """What stands in fences or between backticks."""
    found = re.findall(r"```\n(.*?)```|`([^`\n]+)`", words_of(files), re.DOTALL)
    return "\n".join("".join(pair) for pair in found)


def test_every_target_of_make_is_told_and_listed():
    makefile = (ROOT / "Makefile").read_text()
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert set(re.search(r"^(help .+):$", makefile, re.MULTILINE)[1].split()) == set(COMMANDS)
    assert [name for name in COMMANDS if f"`make {name}`" not in commands] == []


def test_help_needs_nothing_but_python():
    done = subprocess.run(
        [sys.executable, "-I", "tools/dev.py", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.findall(r"make (\w+)", done.stdout) == list(COMMANDS)


# Pictures --------------------------------------------------------------------------------------


def test_the_pictures_are_those_that_the_command_takes():
    assert {file.name for file in PICTURES.iterdir()} == {f"{shot.name}.webp" for shot in SHOTS}
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def test_every_picture_is_shown_somewhere_and_small():
    shown = {target for _, target, _ in links()}

    assert [file.name for file in PICTURES.iterdir() if file not in shown] == []
    assert [f.name for f in PICTURES.iterdir() if f.stat().st_size > LARGEST] == []


def test_every_picture_is_said_in_words():
    silent = [file for file in DOCS if re.search(r"!\[\s*\]", file.read_text(encoding="utf-8"))]

    assert silent == []


def test_the_readme_says_at_once_what_it_is_and_how_to_start():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    first_screen = "\n".join(text.splitlines()[:25])
    assert "membership portal" in first_screen
    assert first_screen.index("make run") < first_screen.index("make test")
    assert 3 <= len(re.findall(r"!\[", text)) <= 4
