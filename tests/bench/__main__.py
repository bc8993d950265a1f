"""Runs every benchmark on SQLite and PostgreSQL, prints a table, writes var/bench.json and .svg."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench import first_page
from tests.bench.picture import drawn

ROOT = Path(__file__).resolve().parent.parent.parent
LEGS = {"SQLite": "sqlite", "PostgreSQL": "postgres"}
LISTED = {"SQLite": 10_000, "PostgreSQL": 100_000}
RECORDS = 1_000_000
ONLY = ("listed", "records", "start")
PARTS = (
    *("counts", "settling", "history", "directory", "pages", "doors"),
    *("lapsing", "statement", "memory"),
)
HEAD = ("what", "ours", "reference", "ratio", "target", "unit", "scale", "")


def measure(
    leg: str, size: int, *, module: str = "tests.bench.leg", part: str | None = None
) -> list[dict]:
    """One leg in a process of its own, since the settings are read once."""
    command = [sys.executable, "-m", module, leg, str(size), *([part] if part else [])]
    environment = {**os.environ, "CMSUK_TEST_LEG": LEGS[leg]}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return json.loads(done.stdout)


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
    legs = asked.leg or list(LEGS)
    results = []
    for leg in legs:
        if asked.only in (None, "listed"):
            results += measure(leg, asked.listed or LISTED[leg], part=asked.part)
        if asked.only in (None, "records") and not asked.part:
            results += measure(leg, asked.records, module="tests.bench.records_leg")
    if asked.only in (None, "start") and not asked.part:
        results += first_page.measure()
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    folder.mkdir(exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "bench.svg").write_text(drawn(results))
    sys.stdout.write(f"{table(results)}\n\nWritten to {folder / 'bench.json'} and bench.svg\n")


if __name__ == "__main__":
    main()
