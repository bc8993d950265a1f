"""Walks every page of a demo of its own as every kind of user, draws it, and checks it.

python -m tests.look [--into FOLDER] [--only WORDS] writes pictures and index.html.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

# A database and a folder of its own, named in the environment before the settings are read.
os.environ["CMSUK_TEST_LEG"] = "sqlite"
from tests import services  # noqa: F401

# isort: split
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from cmsuk.made_up import portal  # noqa: E402
from tests import conftest  # noqa: E402
from tests.browsing import Chromium  # noqa: E402
from tests.chromium import CHROMIUM  # noqa: E402
from tests.look import checkers, gallery, looking  # noqa: E402
from tests.look.gallery import Shown  # noqa: E402
from tests.look.pages import Seen, all_pages, broken_links, one_for_everybody  # noqa: E402

UNCHECKED = "HTML was not checked: that needs Java and npm. Get them with `apt install npm`."


def main() -> int:
    """Draws and checks; ends with 1 where there is a fault."""
    asked = arguments()
    if not CHROMIUM:
        raise SystemExit("That needs Chromium. Get it with `apt install chromium`.")
    folder = empty(asked.into)
    found = walk()
    chosen = [seen for seen in one_for_everybody(found) if asked.only in str(seen)]
    if not chosen:
        raise SystemExit(f"No page's template, person or address has “{asked.only}”.")
    say(f"{len(found)} pages were read; {len(chosen)} are drawn and checked ...")
    has_nu = checkers.NU.is_file() and shutil.which("java")
    wrong = nu(chosen) if has_nu else {}
    shown = draw(chosen, folder, wrong)
    broken = [f"{seen.page.status}: {seen}" for seen in broken_links(found)]
    index = gallery.write(folder, shown, broken, [] if has_nu else [UNCHECKED])
    faulty = [one for one in shown if one.faults]
    say(f"{len(broken)} broken links, {len(faulty)} pages with faults. See {index}.")
    return 1 if broken or faulty else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description=__doc__)
    kept = Path(__file__).parents[2] / "var" / "look"
    parser.add_argument("--into", type=Path, default=kept, help="the folder that is written anew")
    parser.add_argument("--only", default="", help="pages whose template, person or address has it")
    return parser.parse_args()


def empty(folder: Path) -> Path:
    """Pictures of pages that are no more would mislead."""
    for old in folder.rglob("*.jpg"):
        old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def walk() -> list[Seen]:
    say("Filling a demo and following its links ...")
    setup_test_environment()
    conftest.set_for_tests()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    portal.fill(now=timezone.now())
    return list(all_pages())


def nu(chosen: list[Seen]) -> dict[str, list[str]]:
    """Faults of HTML by page, of those drawn by templates of ours."""
    wrong: dict[str, list[str]] = {}
    pages = {str(seen): seen.page.html for seen in chosen if seen.page.is_ours}
    with tempfile.TemporaryDirectory() as folder:
        for name, message in checkers.nu(Path(folder), pages.items()):
            wrong.setdefault(name, []).append(f"Nu: {message}")
    return wrong


def draw(chosen: list[Seen], folder: Path, wrong: dict[str, list[str]]) -> list[Shown]:
    """Pictures and faults of each page, in the order in which they were found."""
    shown: list[Shown] = []

    def script(window: looking.Window) -> tuple[list[gallery.Picture], list[str]]:
        drawn = gallery.draw(window, folder, f"{len(shown):04}")
        return drawn, checkers.everything(window)

    chromium = Chromium()
    try:
        for seen, (pictures, faults) in looking.look(chromium, chosen, script):
            shown.append(Shown(seen, pictures, wrong.get(str(seen), []) + faults))
            if len(shown) % 50 == 0:
                say(f"{len(shown)} pages ...")
    finally:
        chromium.close()
    return shown


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
