"""Runs every benchmark on SQLite and on PostgreSQL, prints a table, writes var/bench.json."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LEGS = {"SQLite": "sqlite", "PostgreSQL": "postgres"}
LISTED = {"SQLite": 10_000, "PostgreSQL": 100_000}
HEAD = ("what", "ours", "reference", "ratio", "target", "unit", "scale", "")


def measure(leg: str, listed: int) -> list[dict]:
    """One leg in a process of its own, since the settings are read once."""
    command = [sys.executable, "-m", "tests.bench.leg", leg, str(listed)]
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
    asked = parser.parse_args()
    legs = asked.leg or list(LEGS)
    results = [one for leg in legs for one in measure(leg, asked.listed or LISTED[leg])]
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    folder.mkdir(exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    sys.stdout.write(f"{table(results)}\n\nWritten to {folder / 'bench.json'}\n")


if __name__ == "__main__":
    main()
