"""Everything behind `make`, with nothing but Python's own library.

python3 tools/dev.py COMMAND, one of COMMANDS at the end; `help` lists them
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PAUSES = (0, 5, 30)
"""Seconds before each try to fetch something: networks have bad moments."""
LOCKS = {
    "run": ROOT / "requirements.lock",
    "dev": ROOT / "requirements-dev.lock",
    "mutants": ROOT / "requirements-mutants.lock",
}


def install(kind: str = "run") -> None:
    """Make .venv and install what is locked; does nothing when that has been done."""
    if sys.version_info < (3, 11):
        raise SystemExit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")
    stamp = VENV / f"installed-{kind}"
    wanted = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not has_pip():  # none yet, or one that was cut short while it was being made
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    print("Installing what is locked in", LOCKS[kind].name, "...", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    must([*pip, "--require-hashes", "-r", LOCKS[kind]])
    stamp.write_text(wanted)


def has_pip() -> bool:
    """Whether .venv can install anything."""
    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def fetch_nu() -> None:
    """The checker of HTML, for the tests and the walk; nothing where npm or Java is not."""
    if shutil.which("java") and not fetch("nu"):
        print("The checker of HTML could not be fetched with npm: pages are not checked by it.")


def fetch(name: str) -> bool:
    """Fetch with npm what tests/look/NAME locks by its hashes; does nothing when that was done."""
    folder, wanted = VENV.resolve() / name, ROOT / "tests" / "look" / name
    stamp, lock = folder / "fetched", (wanted / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == lock:
        return True
    if not shutil.which("npm"):
        return False
    folder.mkdir(exist_ok=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copy(wanted / file, folder / file)
    words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    for pause in PAUSES:
        time.sleep(pause)
        if not subprocess.run([*words, "--prefix", folder], check=False).returncode:
            stamp.write_text(lock)
            return True
    return False


def must(command: list[object], **environment: str) -> None:
    """Run a command in the project's folder; end with its code if it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def run() -> None:
    """All set-up, then the demo with web, worker and beat."""
    install()
    port = os.environ.get("PORT", "8000")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "demo", "--port", port])  # noqa: S606


def stack() -> None:
    """The grown installation without containers: PostgreSQL, Redis, two of each process."""
    install("dev")
    os.chdir(ROOT)
    port = os.environ.get("PORT", "8000")
    os.execv(PYTHON, [str(PYTHON), "-m", "tools.stack", "--port", port, *sys.argv[2:]])  # noqa: S606


def test() -> None:
    """All set-up, then every test: on PostgreSQL and Redis, then on SQLite."""
    install("dev")
    fetch_nu()
    began = time.monotonic()
    # Files in the order of tests/conftest.py, not those with the most tests first.
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    pytest = [PYTHON, "-m", "pytest", "-q", *spread, "--durations", "25", *sys.argv[2:]]
    print("On PostgreSQL and Redis:", flush=True)
    must(pytest)
    print("On SQLite:", flush=True)
    must(pytest, CMSUK_TEST_LEG="sqlite")
    print(f"All tests took {time.monotonic() - began:.0f} seconds.")


def check() -> None:
    """Format, lint, types, import graph, templates and migrations; no tests."""
    install("dev")
    tools = VENV / "bin"
    templates = sorted(str(p) for p in (ROOT / "templates").rglob("*.html"))
    must([tools / "ruff", "format", "--check", "--quiet", "."])
    must([tools / "ruff", "check", "--quiet", "."])
    must([tools / "djade", "--target-version", "5.2", "--check", *templates])
    must([tools / "lint-imports"])
    must([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"])
    must([PYTHON, "manage.py", "check", "--fail-level", "WARNING"])
    must([tools / "mypy", "."])


def soak() -> None:
    """The long forms of the random and fault tests."""
    install("dev")
    pytest = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", "soak"]
    must([*pytest, *sys.argv[2:]], HYPOTHESIS_PROFILE="soak")


def mutants() -> None:
    """Whether a test notices each small change of each rule; names such as foundation.dates*."""
    install("dev")
    install("mutants")
    must([PYTHON, "-m", "tools.mutants", *sys.argv[2:]])


def bench() -> None:
    """Benchmarks as ratios within one run; LISTED=5000 RECORDS=50000 are other sizes."""
    install("dev")
    sizes = [
        word
        for name in ("LISTED", "RECORDS")
        if (size := os.environ.get(name))
        for word in (f"--{name.lower()}", size)
    ]
    must([PYTHON, "-m", "tests.bench", *sizes, *sys.argv[2:]])


def words() -> None:
    """The lists of every letter, message and address, made from the code."""
    install("dev")
    must([PYTHON, "-m", "tests.words"], DJANGO_SETTINGS_MODULE="cmsuk.settings")


def pictures() -> None:
    """The pictures of docs/, taken with Chromium from a demo of their own."""
    install("dev")
    must([PYTHON, "-m", "tests.pictures", *sys.argv[2:]])


def look() -> None:
    """Every page as every kind of user: pictures and what checkers find, in var/look/index.html."""
    install("dev")
    fetch_nu()
    must([PYTHON, "-m", "tests.look", *sys.argv[2:]])


def lighthouse() -> None:
    """Lighthouse over the pages that are seen first; writes var/lighthouse.json."""
    install("dev")
    if not fetch("lighthouse"):
        raise SystemExit("Lighthouse could not be fetched with npm. Get it with `apt install npm`.")
    must([PYTHON, "-m", "tests.look.speed", *sys.argv[2:]])


def show_help() -> None:
    """What there is."""
    for name, (_function, words) in COMMANDS.items():
        print(f"  make {name:<10} {words}")


COMMANDS = {
    "run": (run, "set up everything and start the demo on http://127.0.0.1:8000"),
    "stack": (stack, "the grown installation on loopback: PostgreSQL, Redis, two of each process"),
    "test": (test, "set up everything and run every test"),
    "check": (check, "format, lint, types, import graph, migrations; no tests"),
    "install": (install, "set up only"),
    "soak": (soak, "the long forms of the random and fault tests"),
    "mutants": (mutants, "changes every rule in every small way: does a test notice?"),
    "bench": (bench, "benchmarks; writes var/bench.json"),
    "words": (words, "writes docs/letters.md, messages.md and addresses.md out of the code"),
    "pictures": (pictures, "takes the pictures of docs/ from a demo of their own"),
    "look": (look, "every page as every kind of user: pictures and checks in var/look/"),
    "lighthouse": (lighthouse, "Lighthouse over the first pages; writes var/lighthouse.json"),
    "help": (show_help, "this list"),
}

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name not in COMMANDS:
        raise SystemExit(f"There is no “{name}”. Try: {', '.join(COMMANDS)}.")
    COMMANDS[name][0]()
