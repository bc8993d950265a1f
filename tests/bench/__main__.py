"""Runs every benchmark on SQLite and PostgreSQL, prints a table, writes var/bench.json and .svg."""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import first_page
from tests.bench.picture import drawn

ROOT = Path(__file__).resolve().parent.parent.parent
LEGS = {"SQLite": "sqlite", "PostgreSQL": "postgres"}
LISTED = {"SQLite": 10_000, "PostgreSQL": 100_000}
RECORDS = 1_000_000
ONLY = ("listed", "records", "start")
PARTS = (
    *("counts", "settling", "history", "directory", "mixtures", "pages", "plans", "searches"),
    *("doors", "lapsing", "statement", "news", "memory"),
)
OF_RECORDS = ("nights", "dates")
FAILED: list[str] = []
HEAD = ("what", "ours", "reference", "ratio", "target", "unit", "scale", "")


def measure(
    leg: str, size: int, parts: Sequence[str], *, module: str = "tests.bench.leg"
) -> Iterator[list[dict]]:
    """The rows of each part as soon as it is done, in a process of its own since the settings are
    read once. A part that fails is named, and the others go on in another process.
    """
    left = list(parts)
    while left:
        command = [sys.executable, "-m", module, leg, str(size), *left]
        environment = {**os.environ, "CMSUK_TEST_LEG": LEGS[leg]}
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as running:
            for line in running.stdout or ():
                said = json.loads(line)
                left.remove(said["part"])
                tell(f"{leg}: {said['part']} took {said['seconds']} s")
                yield said["results"]
        if left:
            FAILED.append(f"{leg}: {left.pop(0)}")
            tell(f"{FAILED[-1]} FAILED")


def tell(words: str) -> None:
    sys.stderr.write(f"[bench] {words}\n")


def every(asked: argparse.Namespace) -> Iterator[list[dict]]:
    """The rows of whatever was asked for, part after part."""
    for leg in asked.leg or LEGS:
        if asked.only in (None, "listed"):
            parts = [asked.part] if asked.part else PARTS
            yield from measure(leg, asked.listed or LISTED[leg], parts)
        if asked.only in (None, "records") and not asked.part:
            yield from measure(leg, asked.records, OF_RECORDS, module="tests.bench.records_leg")
    if asked.only in (None, "start") and not asked.part:
        yield [dataclasses.asdict(one) for one in first_page.measure()]


def keep(results: list[dict], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "bench.svg").write_text(drawn(results))


def verdict(result: dict) -> str:
    if result["target"] is None:
        return ""
    return "held" if result["ratio"] <= result["target"] else "MISSED"


def table(results: list[dict]) -> str:
    rows = [HEAD]
    for one in results:
        target = "" if one["target"] is None else f"{one['target']:g}"
        figures = (f"{one['ours']:.2f}", f"{one['reference']:.2f}", f"{one['ratio']:.2f}", target)
        rows.append((one["name"], *figures, one["unit"], one["scale"], verdict(one)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--listed", type=int, help="so many in the directory, on either database")
    parser.add_argument("--leg", choices=LEGS, action="append", help="this database alone")
    parser.add_argument("--records", type=int, default=RECORDS, help="so many client records")
    parser.add_argument("--only", choices=ONLY, help="this part alone")
    parser.add_argument("--part", choices=PARTS, help="these rows of “listed” alone")
    asked = parser.parse_args()
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    results: list[dict] = []
    for found in every(asked):
        results += found
        keep(results, folder)
    sys.stdout.write(f"{table(results)}\n\nWritten to {folder / 'bench.json'} and bench.svg\n")
    if FAILED:
        raise SystemExit(f"Not measured: {', '.join(FAILED)}.")


if __name__ == "__main__":
    main()
