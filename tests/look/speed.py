"""Lighthouse, as on a phone, over the pages that are seen first: a table of medians of five.

python -m tests.look.speed [--runs N] starts a demo of its own, prints the table and writes
var/lighthouse.json. Ends with 1 where a target is missed.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.chromium import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = ROOT / ".venv/lighthouse/node_modules/lighthouse/cli/index.js"
PORT = 8750
SITE = f"http://127.0.0.1:{PORT}"
START_SECONDS = 600
TRIES = 3
"""On a busy machine Lighthouse sometimes gives up."""
PASSWORD = "sample pass phrase"
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
KILOBYTES = 60
CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"


@dataclass(frozen=True)
class Place:
    """A page, and the login of who looks at it; of what is nobody's else no search engine hears."""

    name: str
    path: str
    login: str = ""

    @property
    def targets(self) -> dict[str, int]:
        return {name: best for name, best in TARGETS.items() if name != "seo" or not self.login}


PLACES = (
    Place("home", "/"),
    Place("directory", "/directory/"),
    Place("questions", "/faq/"),
    Place("membership types", "/membership/"),
    Place("apply", "/apply/", "draft"),
    Place("profile", "/profile/", "member"),
)


@dataclass
class Measured:
    """Marks of 100 by category, kilobytes over the wire, and what cost marks."""

    place: Place
    marks: dict[str, float] = field(default_factory=dict)
    kilobytes: float = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def is_missed(self) -> bool:
        below = [name for name, best in self.place.targets.items() if self.marks[name] < best]
        return bool(below) or self.kilobytes >= KILOBYTES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.look.speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    if not (CHROMIUM and LIGHTHOUSE.is_file()):
        raise SystemExit("That needs Chromium and npm. Get them with `apt install chromium npm`.")
    with demo():
        measured = [measure(place, runs) for place in PLACES]
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    kept = [{"page": one.place.name, "kB": one.kilobytes, **one.marks} for one in measured]
    (folder / "lighthouse.json").write_text(json.dumps(kept, indent=1) + "\n")
    sys.stdout.write(table(measured))
    return 1 if any(one.is_missed for one in measured) else 0


@contextmanager
def demo() -> Iterator[None]:
    """A demo as `make run` starts it, with a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="cmsuk-speed-") as folder:
        words = [sys.executable, "manage.py", "demo", "--port", str(PORT)]
        environment = {**os.environ, "VAR_DIR": folder}
        portal = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=sys.stderr)
        try:
            wait_until_ready(portal)
            yield
        finally:
            portal.send_signal(signal.SIGTERM)
            portal.wait(60)


def wait_until_ready(portal: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while portal.poll() is None and time.monotonic() < end:
        try:
            if requests.get(f"{SITE}/readyz", timeout=10).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.5)
    raise SystemExit("The demo did not start.")


def measure(place: Place, runs: int) -> Measured:
    """Medians; the first view of a page, with nothing kept from before."""
    headers = {"Cookie": session_of(place.login)} if place.login else {}
    reports = [run_lighthouse(place.path, headers) for _run in range(runs)]
    marks = {
        name: statistics.median(100 * one["categories"][name]["score"] for one in reports)
        for name in place.targets
    }
    sizes = [one["audits"]["total-byte-weight"]["numericValue"] / 1000 for one in reports]
    return Measured(place, marks, statistics.median(sizes), costly(reports[-1], place))


def session_of(login: str) -> str:
    browser = requests.Session()
    address = f"{SITE}/accounts/login/"
    page = browser.get(address, timeout=60).text
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    told = {"csrfmiddlewaretoken": token, "login": f"{login}@example.org", "password": PASSWORD}
    browser.post(address, data=told, headers={"Referer": address}, timeout=60)
    return "; ".join(f"{one.name}={one.value}" for one in browser.cookies)


def run_lighthouse(path: str, headers: dict[str, str]) -> dict:
    words = ["node", str(LIGHTHOUSE), SITE + path, "--output=json", "--output-path=stdout"]
    words += ["--quiet", f"--chrome-flags={CHROME}", f"--extra-headers={json.dumps(headers)}"]
    words += [f"--only-categories={','.join(TARGETS)}"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    for _try in range(TRIES):
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=False)
        if not done.returncode:
            return json.loads(done.stdout)
    raise SystemExit(f"Lighthouse gave up on {path} {TRIES} times.")


def costly(report: dict, place: Place) -> list[str]:
    """What took marks from a category that is not full."""
    found = []
    for name in place.targets:
        category = report["categories"][name]
        weights = {one["id"]: one["weight"] for one in category["auditRefs"]}
        audits = [report["audits"][one] for one, weight in weights.items() if weight]
        found += [
            f"{name}: {audit['title']} ({audit.get('displayValue') or audit['score']})"
            for audit in audits
            if audit["score"] is not None and audit["score"] < 0.9
        ]
    return found


def table(measured: list[Measured]) -> str:
    lines = [
        f"| page | {' | '.join(TARGETS)} | kB over the wire |",
        "|---|" + "---|" * (len(TARGETS) + 1),
    ]
    for one in measured:
        marks = [f"{one.marks[name]:.0f}" if name in one.marks else "" for name in TARGETS]
        lines.append(f"| {one.place.name} | {' | '.join(marks)} | {one.kilobytes:.1f} |")
    wrong = [f"{one.place.name}: {words}" for one in measured for words in one.wrong]
    return "\n".join([*lines, "", *wrong, ""])


if __name__ == "__main__":
    sys.exit(main())
