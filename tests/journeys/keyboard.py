"""Somebody who has a keyboard and no mouse: nothing is touched that the Tab key did not reach."""

from playwright.sync_api import Page

# Scrolling to what has the focus is done with the next frame.
FOCUSED = """async () => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const one = document.activeElement;
    const box = one.getClientRects()[0] || new DOMRect();
    const style = getComputedStyle(one);
    // Of a large box the browser shows the line that is written on.
    const middle = Math.min(box.y + box.height / 2, innerHeight - 10);
    const there = document.elementFromPoint(box.x + box.width / 2, middle);
    const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
    return {
        words: (label || one.innerText || one.value || "").trim().replace(/\\s+/g, " "),
        top: box.top + scrollY,
        ringed: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
        seen: there !== null && (one.contains(there) || there.contains(one)),
        nowhere: one === document.body,
    };
}"""
# How far up the next stop may lie: two stops of one line differ in height.
ONE_LINE = 40
MOST_STOPS = 80


class Keyboard:
    """Tab, Shift, arrows, Space, Enter and letters; every stop must be seen and in order."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.stops: list[str] = []
        # Smooth scrolling would still be on its way when the stop is looked at.
        window.emulate_media(reduced_motion="reduce")

    def tab(self) -> str:
        """One step on; the words of what has the focus now."""
        before = self.window.evaluate(FOCUSED)
        self.window.keyboard.press("Tab")
        now = self.window.evaluate(FOCUSED)
        if not now["nowhere"]:
            assert now["ringed"], f"{now} has no ring on {self._where}"
            assert now["seen"], f"{now} is out of sight on {self._where}"
            onward = before["nowhere"] or now["top"] > before["top"] - ONE_LINE
            assert onward, f"from {before} up to {now} on {self._where}"
        self.stops.append(now["words"])
        return self.stops[-1]

    def reach(self, words: str) -> None:
        """Tab until something that opens with these words has the focus."""
        start = len(self.stops)
        while not self.tab().startswith(words):
            met = self.stops[start:]
            assert len(met) < MOST_STOPS, f"no “{words}” on {self._where}: {met}"

    def type(self, label: str, text: str) -> None:
        self.reach(label)
        self.window.keyboard.type(text)

    def key(self, name: str) -> None:
        self.window.keyboard.press(name)

    def enter(self, words: str) -> None:
        """Reach a link or a button and press it, which leads to another page."""
        self.reach(words)
        with self.window.expect_navigation():
            self.key("Enter")

    @property
    def focused(self) -> str:
        return str(self.window.evaluate(FOCUSED)["words"])

    @property
    def _where(self) -> str:
        return self.window.url
