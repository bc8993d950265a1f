"""What `make mutants` counts, and what it goes through."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools.mutants import FLOOR, FLOORS, Count, count, counts, table

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GUIDE = (ROOT / "docs" / "mutants.md").read_text()
CHANGED = PROJECT["tool"]["mutmut"]["only_mutate"]


def test_a_change_is_noticed_by_a_test_or_by_never_ending():
    assert count("foundation/dates", [1, 3, 36, -24, 0, 33, 5]) == Count(
        "foundation/dates", killed=2, too_long=2, survived=1, without_a_test=2
    )


@pytest.mark.parametrize(
    ("module", "killed", "is_below"),
    [
        ("foundation/dates", 95, False),
        ("foundation/dates", 94, True),
        ("directory/national_grid", 90, False),
        ("directory/national_grid", 89, True),
    ],
)
def test_a_module_stands_on_its_floor_or_falls_below(module, killed, is_below):
    assert Count(module, killed=killed, survived=100 - killed).is_below is is_below


def test_only_modules_that_were_gone_through_whole_are_counted(tmp_path):
    for name, codes in {"b": [1, 0], "a": [1], "c": [1, None], "empty": []}.items():
        told = {"exit_code_by_key": {str(number): code for number, code in enumerate(codes)}}
        (tmp_path / f"{name}.py.meta").write_text(json.dumps(told))

    found = counts(tmp_path)

    assert found == [Count("a", killed=1), Count("b", killed=1, survived=1)]
    assert table(found).splitlines() == [
        "| module | mutants | killed | too long | survived | no test | share |",
        "| --- | --: | --: | --: | --: | --: | --: |",
        "| a | 1 | 1 | 0 | 0 | 0 | 100.0 |",
        "| b | 2 | 1 | 0 | 1 | 0 | 50.0 |",
        "| all | 3 | 2 | 0 | 1 | 0 | 66.7 |",
    ]


@pytest.mark.parametrize("pattern", CHANGED)
def test_what_is_changed_is_there(pattern):
    assert list(ROOT.glob(pattern))


def test_the_guide_tells_of_modules_that_are_changed_and_stand_on_their_floor():
    told = re.findall(r"^\| ([a-z0-9_/]+/[a-z0-9_]+) .* ([0-9.]+) \|$", GUIDE, re.MULTILINE)
    changed = {str(file.relative_to(ROOT)) for pattern in CHANGED for file in ROOT.glob(pattern)}

    assert told
    assert {f"{module}.py" for module, _share in told} <= changed
    assert [one for one, share in told if float(share) < FLOORS.get(one, FLOOR)] == []


def test_every_floor_of_its_own_is_a_modules():
    assert [module for module in FLOORS if not (ROOT / f"{module}.py").is_file()] == []
