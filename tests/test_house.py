"""The house itself: it starts, answers, and keeps its own rules."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from cmsuk.environment import NEEDED_IN_PRODUCTION

ROOT = Path(settings.BASE_DIR)
ROOMS = (
    "foundation",
    "membership",
    "directory",
    "payments",
    "benefits",
    "records",
    "website",
    "cmsuk",
)
SIBLINGS = {("directory", "payments"), ("payments", "directory")}
LONGEST = 300
MODULES = sorted(
    file
    for room in (*ROOMS, "tools")
    for file in (ROOT / room).rglob("*.py")
    if "migrations" not in file.parts and file.stat().st_size
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PAGES = [file for file in TEMPLATES if file.suffix in (".html", ".svg")]
LETTERS = sorted((ROOT / "templates" / "letters").glob("*.txt"))
DOCS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / ".env.example",
]


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def words_of(files: list[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())


def with_fault(files: list[Path], pattern: str) -> list[str]:
    fault = re.compile(pattern, re.IGNORECASE)
    return [
        f"{named(file)}: {match[0].strip()}"
        for file in files
        if (match := fault.search(file.read_text(encoding="utf-8")))
    ]


@pytest.mark.django_db
def test_the_portal_lives_and_is_ready(client):
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json()["ready"] is True


# Python --------------------------------------------------------------------------------------


def test_there_is_something_to_hold_to_the_rules():
    assert len(MODULES) > 60
    assert len(PAGES) > 20
    assert len(LETTERS) > 8


def test_no_module_is_too_long_to_read():
    lengths = {named(file): len(file.read_text().splitlines()) for file in MODULES}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("files", [MODULES, TESTS], ids=["modules", "tests"])
def test_every_module_opens_with_a_sentence(files):
    silent = [
        named(file)
        for file in files
        if file.stat().st_size and not ast.get_docstring(ast.parse(file.read_text()))
    ]

    assert silent == []


@pytest.mark.parametrize(
    "words",
    [
        r"except\s+Exception\b",
        r"except\s*:",
        r"\bunittest" + r"\.mock\b",
        r"\bMagic" + r"Mock\b",
        r"pytest\.(mark\.)?skip",
        r"pytest\.(mark\.)?x" + r"fail",
    ],
)
def test_nothing_is_swallowed_mocked_or_skipped(words):
    rest = [file for file in TESTS if file != Path(__file__)]

    assert with_fault(MODULES + rest, words) == []


def test_imports_stand_at_the_top():
    inside = [
        f"{named(file)}: {function.name}"
        for file in MODULES
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


def test_rooms_send_each_other_no_signals():
    signals = r"from django\.(db\.models\.signals|dispatch) import"

    assert with_fault(MODULES, signals) == []


# Templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        r"<style\b",
        # A block of data is never run, so no policy has to allow it.
        r"<script(?![^>]*(\bsrc=|\btype=\"application/(ld\+)?json\"))",
        r"\sstyle=",
        r"\son[a-z]+=\"",
        r"javascript:",
    ],
)
def test_no_page_has_styles_or_scripts_of_its_own(words):
    pages = [file for file in PAGES if "letters" not in file.parts]

    assert with_fault(pages, words) == []


def room_of(template: str) -> str:
    """The room that a template belongs to; partials and the base are everybody's."""
    parts = template.removeprefix("admin/").split("/")
    return parts[0] if parts[0] in ROOMS else ""


def may_use(room: str, other: str) -> bool:
    if not other or room == other:
        return True
    return ROOMS.index(other) < ROOMS.index(room) and (room, other) not in SIBLINGS


def test_templates_use_their_own_room_and_those_below():
    upward = []
    for file in TEMPLATES:
        name = str(file.relative_to(ROOT / "templates"))
        text = file.read_text(encoding="utf-8")
        for used in re.findall(r"{% (?:include|extends) [\"']([^\"']+)[\"']", text):
            room = room_of(name) or "foundation"
            is_admin = used.startswith("admin/") and not room_of(used)
            if not is_admin and not may_use(room, room_of(used)):
                upward.append(f"{name} uses {used}")

    assert upward == []


def test_tag_libraries_obey_the_same_order():
    owner = {
        file.stem: file.relative_to(ROOT).parts[0]
        for room in ROOMS
        for file in (ROOT / room).glob("templatetags/*.py")
    }
    upward = []
    for file in TEMPLATES:
        name = str(file.relative_to(ROOT / "templates"))
        for line in re.findall(r"{% load ([^%]+) %}", file.read_text(encoding="utf-8")):
            libraries = line.partition(" from ")[2].split() or line.split()
            room = room_of(name) or "foundation"
            upward += [
                f"{name}: {one}" for one in libraries if not may_use(room, owner.get(one, ""))
            ]

    assert upward == []


def test_no_two_addresses_share_a_name():
    """Django would lead to whichever stands last, and say nothing."""
    doubled = {
        f"{room}, {kind}: {name}"
        for room in ROOMS
        for kind in ("urls*", "office_urls")
        for name, times in Counter(_names(ROOT / room, kind)).items()
        if times > 1
    }

    assert doubled == set()


def _names(room: Path, kind: str) -> list[str]:
    return re.findall(r'name="(\w+)"', words_of(sorted(room.glob(f"{kind}.py"))))


def test_forms_of_the_office_say_where_they_lead():
    """After a fresh sign-in they are shown under another address than their own."""
    office = [file for file in PAGES if "admin" in file.parts]

    assert with_fault(office, r'<form(?![^>]*action=)[^>]*method="post"[^>]*>') == []


def test_every_letter_opens_with_its_subject():
    start = re.compile(r"(\{% load \w+ %\})?\{% autoescape off %\}Subject: \S")

    assert [named(one) for one in LETTERS if not start.match(one.read_text())] == []


def test_every_letter_that_is_queued_has_been_written():
    queued = set(
        re.findall(
            r"(?:letters\.queue|post\.tell(?:_of)?|_tell|_write|Wording)\(\s*"
            r"(?:[\w.]+,\s*)?\"([a-z_]+)\"",
            words_of(MODULES),
        )
    )

    assert len(queued) > 8
    assert queued - {letter.stem for letter in LETTERS} == set()


# Documentation -------------------------------------------------------------------------------


def test_every_value_that_the_settings_read_is_documented():
    files = [*(ROOT / "cmsuk" / "settings").glob("*.py"), ROOT / "cmsuk" / "environment.py"]
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", words_of(files)))
    documented = words_of(DOCS)

    assert len(read) > 20
    assert sorted(name for name in read if f"`{name}`" not in documented) == []


def test_every_command_is_documented():
    commands = [
        file.stem
        for room in ROOMS
        for file in (ROOT / room).glob("management/commands/*.py")
        if file.stem != "__init__"
    ]
    documented = words_of(DOCS)

    assert sorted(name for name in commands if name not in documented) == []


def test_the_project_speaks_of_itself_alone():
    foreign = "|".join(
        (
            "clau" + "de",
            "chat" + "gpt",
            "open" + "ai",
            "co" + "pilot",
            "anth" + "ropic",
            "/wo" + r"rk/(shared|main|tmp|wt-)",
        )
    )
    files = [*MODULES, *TESTS, *TEMPLATES, *DOCS, *sorted((ROOT / "static").glob("*.css"))]

    assert with_fault([file for file in files if file.exists()], rf"\b({foreign})") == []


# Starting for real ---------------------------------------------------------------------------

COMPLETE = {
    "PAYPAL_ENV": "sandbox",
    "DJANGO_SECRET_KEY": "x" * 60,
    "DJANGO_ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://127.0.0.1:1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "PAYPAL_CLIENT_ID": "a",
    "PAYPAL_CLIENT_SECRET": "b",
    "PAYPAL_WEBHOOK_ID": "c",
    "PAYPAL_MERCHANT_ID": "d",
}


def check(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` as a fresh installation would run it."""
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_production_starts(tmp_path):
    done = check(tmp_path, **COMPLETE)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", NEEDED_IN_PRODUCTION)
def test_a_missing_value_stops_the_start_and_is_named(tmp_path, name):
    done = check(tmp_path, **{**COMPLETE, name: ""})

    assert done.returncode != 0
    assert f"{name} is not set." in done.stderr


def test_the_bare_laptop_starts(tmp_path):
    done = check(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_demo_does_not_answer_to_the_world(tmp_path):
    done = check(tmp_path, DJANGO_ALLOWED_HOSTS="127.0.0.1,portal.example.org")

    assert done.returncode != 0
    assert "DJANGO_ALLOWED_HOSTS names portal.example.org, but PAYPAL_ENV is demo" in done.stderr


def test_an_unknown_kind_of_paypal_stops_the_start(tmp_path):
    done = check(tmp_path, PAYPAL_ENV="production")

    assert done.returncode != 0
    assert "PAYPAL_ENV is “production”: write demo, sandbox or live" in done.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"VAT_TREATMENT": "zero"}, "VAT_TREATMENT is “zero”: write not_registered, exempt or"),
        ({"VAT_TREATMENT": "standard"}, "VAT_NUMBER is not set. With VAT_TREATMENT=standard"),
        ({"VAT_RATE": "20%"}, "VAT_RATE is “20%”: write a percentage such as 20 or 17.5."),
        ({"YEAR_END_MONTH": "13"}, "YEAR_END_MONTH is 13: write a month from 1 to 12."),
    ],
)
def test_a_wrong_value_for_the_treasurer_stops_the_start(tmp_path, environment, words):
    done = check(tmp_path, **environment)

    assert done.returncode != 0
    assert words in done.stderr


def test_no_browser_stops_a_form_whose_mistakes_we_list_ourselves():
    listing = [file for file in TEMPLATES if "error_summary.html" in file.read_text()]
    forms = re.compile(r'<form method="post"[^>]*>(?=\s*\n)')
    found = [(file.name, form) for file in listing for form in forms.findall(file.read_text())]

    assert found
    assert [(name, form) for name, form in found if "novalidate" not in form] == []
