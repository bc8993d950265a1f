"""Somebody with a real browser, with script or without."""

from urllib.parse import urljoin

from playwright.sync_api import Browser, Locator, Page

from tests.patience import PATIENCE

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class BrowserVisitor:
    """Walks the site in Chromium; the same words as the plain visitor's."""

    def __init__(self, browser: Browser, site: str, *, script: bool = True) -> None:
        self.site = site
        self.context = browser.new_context(java_script_enabled=script, locale="en-GB")
        self.context.set_default_timeout(PATIENCE * 1000)
        self.window: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.may_be_refused = False
        self.window.on("console", self._listen)
        self.window.on("pageerror", lambda error: self.complaints.append(str(error)))

    def close(self) -> None:
        self.context.close()
        assert self.complaints == [], self.complaints

    def open(self, where: str) -> None:
        answer = self.window.goto(urljoin(self.site, where))
        assert answer is None or answer.status < 400, f"{answer.status} at {self.url}"

    def knock(self, where: str) -> int:
        """Open what may be refused; the status that the site answers with."""
        self.may_be_refused = True
        answer = self.window.goto(urljoin(self.site, where))
        self.may_be_refused = False
        assert answer is not None
        return answer.status

    def follow(self, words: str) -> None:
        """A link that leads somewhere: a closed one is shown and has no address."""
        open_links = self.window.locator("a[href]")
        self._go(self.window.get_by_role("link", name=words).and_(open_links).first)

    def download(self, words: str) -> bytes:
        """The file that a link gives; the page stays."""
        with self.window.expect_download() as waiting:
            self.window.get_by_role("link", name=words).first.click()
        return waiting.value.path().read_bytes()

    def fill(self, label: str, value: str) -> None:
        self._labelled(label).fill(value)

    def fill_date(self, legend: str, day: str, month: str, year: str) -> None:
        boxes = self.window.get_by_role("group", name=legend).locator("input:not([type=hidden])")
        for number, value in enumerate((day, month, year)):
            boxes.nth(number).fill(value)

    def choose(self, label: str) -> None:
        self._labelled(label).check()

    def attach(self, label: str, *files: tuple[str, bytes]) -> None:
        given = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
        self._labelled(label).set_input_files(given)

    def pick(self, label: str, option: str) -> None:
        menu = self._labelled(label)
        words = next(one for one in menu.locator("option").all_inner_texts() if option in one)
        menu.select_option(label=words)

    def tamper(self, label: str, value: str) -> None:
        """Change what a box stands for, as somebody with the tools of a browser could."""
        self._labelled(label).evaluate("(box, value) => { box.value = value }", value)

    def press(self, words: str) -> None:
        self._go(self.window.get_by_role("button", name=words).first)

    def push(self, words: str) -> int:
        """Press what may be refused; the status that the site answers with."""
        self.may_be_refused = True
        with self.window.expect_navigation() as gone:
            self.window.get_by_role("button", name=words).first.click()
        self.window.wait_for_load_state()
        self.may_be_refused = False
        return gone.value.status

    @property
    def url(self) -> str:
        return self.window.url

    @property
    def text(self) -> str:
        return " ".join(self.window.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.window.locator("h1").first.inner_text().split())

    def _go(self, way: Locator) -> None:
        with self.window.expect_navigation():
            way.click()

    def _labelled(self, label: str) -> Locator:
        return self.window.get_by_label(label).first

    def _listen(self, message) -> None:
        if message.type == "error" and not (self.may_be_refused and "status of 4" in message.text):
            self.complaints.append(f"{message.text} {message.location} on {self.url}")
