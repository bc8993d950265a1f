"""The benchmark goes on after a part that fails, and says which one it was."""

import json

import pytest

from tests.bench import __main__ as bench

PARTS = ("first", "falls", "last")


@pytest.fixture
def failed():
    """Those that failed while the test ran."""
    yield bench.FAILED
    bench.FAILED.clear()


def test_what_stands_behind_a_part_that_fails_is_measured(failed, capfd):
    found = list(bench.measure("SQLite", 10, PARTS, module="tests.bench_parts"))

    said = capfd.readouterr().err
    assert [[row["name"] for row in rows] for rows in found] == [
        ["SQLite: first"],
        ["SQLite: last"],
    ]
    assert failed == ["SQLite: falls"]
    assert "[bench] SQLite: falls FAILED" in said
    assert "This part cannot be measured." in said


def test_rows_that_were_found_are_kept_and_told(tmp_path, failed):
    rows = [
        row
        for found in bench.measure("SQLite", 10, PARTS, module="tests.bench_parts")
        for row in found
    ]

    bench.keep(rows, tmp_path)

    assert json.loads((tmp_path / "bench.json").read_text()) == rows
    assert [line.split()[-1] for line in bench.table(rows).splitlines()[1:]] == ["held", "MISSED"]
