"""Changes each rule in every small way and asks whether a test without a database notices.

python -m tools.mutants [NAME ...] [--children N]

A name is a pattern such as `foundation.dates*`; without one every rule of `[tool.mutmut]` in
pyproject.toml is gone through anew. Ends with 1 where a module is below its floor. docs/mutants.md
tells how to read it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / "mutants"
RESULTS = ".py.meta"
FLOOR = 95
"""In percent: how many of a module's changes must be noticed."""
FLOORS = {"directory/national_grid": 90, "payments/statements/decoding": 90}
"""Where changes below the precision that is promised cannot be noticed, or what is held in memory
by reading in pieces, which tests measure that take too long for here."""
KILLED, SURVIVED, WITHOUT_A_TEST = (1, 3), (0,), (5, 33)
# Codes of mutmut, which are those of pytest; every other one is a signal or a limit of time.
HEAD = ("module", "mutants", "killed", "too long", "survived", "no test", "share")


@dataclass(frozen=True)
class Count:
    """What became of the changes of one module. One that never ended was noticed as well."""

    module: str
    killed: int = 0
    too_long: int = 0
    survived: int = 0
    without_a_test: int = 0

    @property
    def mutants(self) -> int:
        return self.killed + self.too_long + self.survived + self.without_a_test

    @property
    def percent(self) -> float:
        return 100 * (self.killed + self.too_long) / self.mutants

    @property
    def is_below(self) -> bool:
        return self.percent < FLOORS.get(self.module, FLOOR)


def count(module: str, codes: Iterable[int]) -> Count:
    """The codes with which the tests of each change ended."""
    told = list(codes)
    killed, survived, without = (
        sum(code in known for code in told) for known in (KILLED, SURVIVED, WITHOUT_A_TEST)
    )
    return Count(module, killed, len(told) - killed - survived - without, survived, without)


def counts(folder: Path) -> list[Count]:
    """Every module that was gone through whole, by name."""
    found = []
    for file in sorted(folder.rglob(f"*{RESULTS}")):
        codes = json.loads(file.read_text())["exit_code_by_key"].values()
        if codes and None not in codes:
            module = str(file.relative_to(folder)).removesuffix(RESULTS)
            found.append(count(module, codes))
    return found


def row(one: Count) -> tuple[str, ...]:
    figures = (one.mutants, one.killed, one.too_long, one.survived, one.without_a_test)
    return (one.module, *map(str, figures), f"{one.percent:.1f}")


def table(found: list[Count]) -> str:
    """As Markdown, so that docs/mutants.md can hold it; all together in the last line."""
    columns = ("killed", "too_long", "survived", "without_a_test")
    sums = (sum(getattr(one, name) for one in found) for name in columns)
    rows = [HEAD, ("---", *["--:"] * (len(HEAD) - 1)), *map(row, found)]
    rows.append(row(Count("all", *sums)))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def run(names: list[str], children: int) -> None:
    """Make the changes and run the tests. Ends with mutmut's code where it could not."""
    if not names:
        shutil.rmtree(MUTANTS, ignore_errors=True)
    words = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children), *names]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "CMSUK_TEST_LEG": "sqlite"}, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="patterns such as foundation.dates*")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--read", action="store_true", help="only print what was found before")
    asked = parser.parse_args()
    if not asked.read:
        run(asked.names, asked.children)
    found = counts(MUTANTS)
    if not found:
        print("Nothing was gone through.")
        return 1
    print(table(found))
    below = [one.module for one in found if one.is_below]
    print(f"Below their floor: {', '.join(below)}." if below else "Every module is on its floor.")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
