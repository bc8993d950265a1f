"""Somebody without script: reads HTML over plain HTTP, follows links and sends forms."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

from tests.patience import PATIENCE

VOID = {"input", "meta", "link", "br", "img", "hr", "source", "area", "base", "col", "wbr"}
INLINE = {"a", "b", "em", "i", "small", "span", "strong", "abbr", "time", "code"}
SPACE = re.compile(r"\s+")


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attrs: dict[str, str]
    parent: "Node | None" = None
    parts: list["Node | str"] = field(default_factory=list)

    def text(self) -> str:
        """The words as they are read: blocks stand apart, a word is not cut by a tag in it."""
        return SPACE.sub(" ", self._words()).strip()

    def _words(self) -> str:
        words = "".join(part if isinstance(part, str) else part._words() for part in self.parts)
        return words if self.tag in INLINE else f" {words} "

    def every(self, *tags: str) -> list["Node"]:
        found = []
        for part in self.parts:
            if isinstance(part, Node):
                found += [part] if part.tag in tags else []
                found += part.every(*tags)
        return found

    def within(self, tag: str) -> "Node | None":
        node = self.parent
        while node is not None and node.tag != tag:
            node = node.parent
        return node


class Reader(HTMLParser):
    """Builds the tree of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("document", {})

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.parts.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.here.parts.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag):
        node = self.here
        while node.parent is not None and node.tag != tag:
            node = node.parent
        if node.parent is not None:
            self.here = node.parent

    def handle_data(self, data):
        if self.here.tag not in ("script", "style"):
            self.here.parts.append(data)


class PlainVisitor:
    """Walks the site as a reader without script would; every miss says what was there."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()
        self.typed: dict[str, str | None] = {}
        self.attached: list[tuple[str, tuple[str, bytes]]] = []

    def close(self) -> None:
        self.session.close()

    def open(self, where: str) -> None:
        self._take(self.session.get(urljoin(self.site, where), timeout=PATIENCE))

    def knock(self, where: str) -> int:
        """Open what may be refused; the status that the site answers with."""
        answer = self.session.get(urljoin(self.site, where), timeout=PATIENCE)
        self._read(answer)
        return answer.status_code

    def follow(self, words: str) -> None:
        links = [link for link in self.page.every("a") if words in link.text()]
        assert links, f"no link “{words}” on {self.url}: {self.text}"
        self.open(urljoin(self.url, links[0].attrs["href"]))

    def download(self, words: str) -> bytes:
        """The file that a link gives; the page stays."""
        links = [link for link in self.page.every("a") if words in link.text()]
        assert links, f"no link “{words}” on {self.url}: {self.text}"
        answer = self.session.get(urljoin(self.url, links[0].attrs["href"]), timeout=PATIENCE)
        assert "attachment" in answer.headers.get("Content-Disposition", ""), answer.text[:3000]
        return answer.content

    def fill(self, label: str, value: str) -> None:
        self.typed[self._field(label).attrs["name"]] = value

    def fill_date(self, legend: str, day: str, month: str, year: str) -> None:
        group = self._group(legend)
        boxes = [box for box in group.every("input") if box.attrs.get("type") != "hidden"]
        for box, value in zip(boxes, (day, month, year), strict=True):
            self.typed[box.attrs["name"]] = value

    def choose(self, label: str) -> None:
        box = self._field(label)
        name, value = box.attrs["name"], box.attrs.get("value", "on")
        self.typed[f"{name}={value}" if box.attrs.get("type") == "checkbox" else name] = value

    def pick(self, label: str, option: str) -> None:
        menu = self._field(label)
        value = next(one.attrs["value"] for one in menu.every("option") if option in one.text())
        self.typed[menu.attrs["name"]] = value

    def attach(self, label: str, *files: tuple[str, bytes]) -> None:
        """Choose files, each a name and a content."""
        name = self._field(label).attrs["name"]
        self.attached = [(name, one) for one in files]

    def tamper(self, label: str, value: str) -> None:
        """Change what a box stands for, as somebody with the tools of a browser could."""
        self._field(label).attrs["value"] = value

    def press(self, words: str) -> None:
        self._take(self._send(words))

    def push(self, words: str) -> int:
        """Press what may be refused; the status that the site answers with."""
        answer = self._send(words)
        self._read(answer)
        return answer.status_code

    def _send(self, words: str) -> requests.Response:
        button = self._button(words)
        form = button.within("form")
        assert form is not None, f"“{words}” is in no form"
        sent = self._sent(form, button)
        where = urljoin(self.url, form.attrs.get("action", "") or self.url)
        if form.attrs.get("method", "get").lower() == "post":
            return self.session.post(
                where, sent, headers={"Referer": self.url}, files=self.attached, timeout=PATIENCE
            )
        return self.session.get(where, params=sent, timeout=PATIENCE)

    @property
    def text(self) -> str:
        return self.page.every("body")[0].text()

    @property
    def heading(self) -> str:
        return self.page.every("h1")[0].text()

    def _take(self, answer: requests.Response) -> None:
        assert answer.status_code < 400, f"{answer.status_code} at {answer.url}"
        self._read(answer)

    def _read(self, answer: requests.Response) -> None:
        reader = Reader()
        reader.feed(answer.text)
        self.page, self.url = reader.root, answer.url
        self.typed, self.attached = {}, []

    def _field(self, label: str) -> Node:
        for one in self.page.every("label"):
            if one.text().startswith(label):
                wanted = one.attrs.get("for")
                inside = one.every("input", "select", "textarea")
                found = [
                    box
                    for box in self.page.every("input", "select", "textarea")
                    if box.attrs.get("id") == wanted
                ]
                if found or inside:
                    return (found or inside)[0]
        labels = [one.text() for one in self.page.every("label")]
        raise AssertionError(f"no field “{label}” on {self.url}: {labels}")

    def _group(self, legend: str) -> Node:
        for one in self.page.every("fieldset"):
            if any(each.text().startswith(legend) for each in one.every("legend")):
                return one
        raise AssertionError(f"no group “{legend}” on {self.url}")

    def _button(self, words: str) -> Node:
        buttons = [
            one
            for one in self.page.every("button", "input")
            if one.tag == "button" or one.attrs.get("type") == "submit"
        ]
        for one in buttons:
            if words in (one.text() or one.attrs.get("value", "")):
                return one
        known = [one.text() or one.attrs.get("value") for one in buttons]
        raise AssertionError(f"no button “{words}” on {self.url}: {known}. {self.text[:2000]}")

    def _sent(self, form: Node, button: Node) -> list[tuple[str, str]]:
        sent: list[tuple[str, str]] = []
        for box in form.every("input", "select", "textarea"):
            name = box.attrs.get("name")
            if name and box.attrs.get("type") not in ("submit", "button", "image", "file"):
                sent += [(name, value) for value in self._values(box)]
        if button.attrs.get("name"):
            sent.append((button.attrs["name"], button.attrs.get("value", "")))
        return sent

    def _values(self, box: Node) -> list[str]:
        name, kind = box.attrs["name"], box.attrs.get("type", "")
        value = box.attrs.get("value", "on" if kind in ("checkbox", "radio") else "")
        if kind == "checkbox":
            ticked = f"{name}={value}" in self.typed or "checked" in box.attrs
            return [value] if ticked else []
        if kind == "radio":
            chosen = self.typed.get(name, value if "checked" in box.attrs else None)
            return [value] if chosen == value else []
        if name in self.typed:
            return [str(self.typed[name])]
        if box.tag == "select":
            options = box.every("option")
            marked = [one for one in options if "selected" in one.attrs]
            return [one.attrs.get("value", one.text()) for one in (marked or options[:1])]
        return [box.text() if box.tag == "textarea" else value]
