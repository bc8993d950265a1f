"""Starts a demo of its own, takes every picture, and writes it to docs/pictures/ as WebP."""

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from cmsuk.made_up.people import PASSWORD
from tests.pictures.shots import SHOTS, Shot
from tools.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "pictures"
QUALITY = 78
START_SECONDS = 600
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    asked = arguments()
    browser_file = next(filter(None, map(shutil.which, BROWSERS)), "")
    if not browser_file:
        raise SystemExit("Chromium is needed: apt install chromium.")
    shots = [shot for shot in SHOTS if not asked.only or shot.name in asked.only]
    FOLDER.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        site = asked.site or stack.enter_context(demo())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        for shot in shots:
            size = take(browser, site, shot)
            sys.stdout.write(f"{shot.name}.webp {size // 1000} kB\n")
            sys.stdout.flush()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--site", help="take them from this demo, which runs already")
    parser.add_argument("--only", nargs="*", help="names of pictures; without, all of them")
    return parser.parse_args()


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """A demo with its data in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port(beside=(1000,))
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        environment = {**os.environ, "VAR_DIR": folder}
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            site = f"http://127.0.0.1:{port}"
            wait_for(f"{site}/readyz", running)
            yield site
        finally:
            running.terminate()
            running.wait()


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address)  # noqa: S310
            return
        time.sleep(1)
    raise SystemExit("The demo did not start. Try `make run`: it says why.")


def take(browser: Browser, site: str, shot: Shot) -> int:
    """How many bytes the picture has."""
    width, height = shot.size
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    try:
        page = context.new_page()
        if shot.who:
            sign_in(page, shot.who)
        lead_to(page, shot)
        picture = Image.open(io.BytesIO(page.screenshot()))
    finally:
        context.close()
    file = FOLDER / f"{shot.name}.webp"
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return file.stat().st_size


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{who}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def lead_to(page: Page, shot: Shot) -> None:
    answer = page.goto(shot.address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{shot.name}: {shot.address} does not answer.")
    for each in shot.press:
        page.locator(each).first.click()
        page.wait_for_load_state("networkidle")
    top = "it.getBoundingClientRect().top + window.scrollY - 40" if shot.at else "0"
    page.locator(shot.at or "body").first.evaluate(f"it => window.scrollTo(0, {top})")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
