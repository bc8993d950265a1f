"""What is wrong with a page, as axe and the Nu checker of HTML see it."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Window

NU = Path(__file__).parents[2] / ".venv/nu/node_modules/vnu-jar/build/dist/vnu.jar"
NARROWEST = {"width": 320, "height": 640}
"""A window of 1280 pixels at 400 per cent."""
WIDER = "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"
TABLET = {"width": 768, "height": 1024}
CUT_OFF = """() => {
    const scrolls = it => it && (/auto|scroll/.test(getComputedStyle(it).overflowX)
        && it.scrollWidth > it.clientWidth || scrolls(it.parentElement));
    const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll("input, select, textarea, button")]
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().right > edge)
        .filter(it => !scrolls(it.parentElement))
        .map(it => it.name || it.id || it.textContent.trim());
}"""
"""What is typed into or pressed and reaches over the right edge, where nobody can scroll to it."""
ASKED = ("--format", "json", "--stdout", "--exit-zero-always")
STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"


def axe(window: Window) -> list[str]:
    """All faults in light; in dark, where only colours differ, those of contrast."""
    dark = window.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    asked: dict[str, object] = {"resultTypes": ["violations"]}
    is_there = window.evaluate("'axe' in window")
    axe_core = Axe("0") if is_there else Axe()  # Half a megabyte, once a page.
    results = axe_core.run(
        window, options=asked | ({"runOnly": ["color-contrast"]} if dark else {})
    )
    return [
        f"{fault['id']} {node['target']} {node.get('failureSummary', '')}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]


def overflow(window: Window) -> int:
    """By how many pixels a page is wider than its window."""
    return int(window.evaluate(WIDER))


def everything(window: Window) -> list[str]:
    """Faults of one open page in light and in dark, on the narrowest screen and on a tablet."""
    window.add_style_tag(content=STILL)
    found = []
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        found += [f"in {scheme}: {fault}" for fault in axe(window)]
    window.set_viewport_size(NARROWEST)
    if wider := overflow(window):
        found.append(f"{wider} pixels wider than a window of {NARROWEST['width']}")
    for size in (NARROWEST, TABLET):
        window.set_viewport_size(size)
        found += [f"{name} is cut off at {size['width']}" for name in window.evaluate(CUT_OFF)]
    return found


def nu(folder: Path, pages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the Nu checker finds wrong with pages, each a name and its HTML, by name, in one run."""
    names = {}
    for number, (name, html) in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_text(html)
        names[file.name] = name
    files = [str(folder / name) for name in names]
    words = ["java", "-Xss4m", "-jar", str(NU), *ASKED, *files]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)["messages"]
    wrong = [one for one in said if one["type"] == "error"]
    return [(names[Path(one["url"]).name], one["message"]) for one in wrong]
