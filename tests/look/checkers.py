"""What is wrong with a page, as axe and the Nu checker of HTML see it."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Window

NU = Path(__file__).parents[2] / ".venv/nu/node_modules/vnu-jar/build/dist/vnu.jar"
WIDER = "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"


def axe(window: Window) -> list[str]:
    """All faults in light; in dark, where only colours differ, those of contrast."""
    dark = window.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    results = Axe().run(window, options={"runOnly": ["color-contrast"]} if dark else None)
    return [
        f"{fault['id']} {node['target']} {node.get('failureSummary', '')}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]


def overflow(window: Window) -> int:
    """By how many pixels a page is wider than its window."""
    return int(window.evaluate(WIDER))


def nu(folder: Path, pages: Iterable[tuple[str, str]]) -> list[str]:
    """What the Nu checker finds wrong with pages, each a name and its HTML, in one run."""
    names = {}
    for number, (name, html) in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_text(html)
        names[file.name] = name
    files = [str(folder / name) for name in names]
    words = ["java", "-Xss4m", "-jar", str(NU), "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    said = json.loads(done.stderr)["messages"]
    wrong = [one for one in said if one["type"] == "error"]
    return [f"{names[Path(one['url']).name]}: {one['message']}" for one in wrong]
