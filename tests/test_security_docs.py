"""The threat model and the list of requirements name tests that exist, and leave nothing out."""

import re

import pytest

from tests.test_house import ROOT, TESTS, words_of

THREATS = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ASVS = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
NAMED = r"`(test_\w+)`"
EXCUSES = ("Not met: ", "Does not apply: ", "Outside of the portal: ")
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has, where every one counts.
LAST = {
    "1.2": 9,
    "1.3": 11,
    "2.1": 3,
    "3.4": 6,
    "5.4": 3,
    "6.2": 12,
    "7.4": 5,
    "11.4": 4,
    "16.5": 3,
}


def rows(text):
    lines = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("text", [THREATS, ASVS], ids=["threat model", "asvs"])
def test_every_test_that_is_named_is_there(text):
    known = set(re.findall(r"def (test_\w+)", words_of(TESTS)))
    named = set(re.findall(NAMED, text))

    assert len(named) > 40
    assert sorted(named - known) == []


def test_each_requirement_shows_something_or_says_why_not():
    empty = [
        row[0]
        for row in rows(ASVS)
        if not re.search(NAMED, row[-1]) and not row[-1].startswith(EXCUSES)
    ]

    assert len(rows(ASVS)) > 160
    assert empty == []


def test_no_reason_is_left_empty():
    reasons = [row[-1] for row in rows(ASVS) if row[-1].startswith(EXCUSES)]

    assert [one for one in reasons if len(one.partition(": ")[2]) < 8] == []


def told_numbers():
    """Every number of the first column, ranges within a section as well."""
    for row in rows(ASVS):
        for part in re.sub(r" for .*", "", row[0]).split(", "):
            first, _, last = part.partition(" to ")
            section, _, number = first.rpartition(".")
            same = last.startswith(f"{section}.")
            end = int(last.rpartition(".")[2]) if same else int(number)
            yield from (f"{section}.{each}" for each in range(int(number), end + 1))


@pytest.mark.parametrize("section", LAST)
def test_no_requirement_of_a_section_is_left_out(section):
    told = set(told_numbers())

    wanted = {f"{section}.{number}" for number in range(1, LAST[section] + 1)}
    assert wanted - told == set()


def test_every_chapter_has_its_table():
    chapters = re.findall(r"^## (\d+)\. ", ASVS, re.MULTILINE)

    assert [int(number) for number in chapters] == list(range(1, 18))


def test_each_threat_has_a_control_and_a_test():
    lines = [line for line in THREATS.splitlines() if re.match(r"\| [STRIDE] \|", line)]

    assert len(lines) > 20
    assert [line for line in lines if not re.search(NAMED, line)] == []
    assert {line[2] for line in lines} == set("STRIDE")
