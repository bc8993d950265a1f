"""Reads the forms of a page as a browser does, and fills them as nobody should."""

import datetime as dt
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

from django.core import signing
from django.http import HttpResponse
from django.test import Client
from hypothesis import strategies as st

from foundation.captcha import QUESTIONS
from tests.factories import PASSWORD
from tests.membership import applying

URLENCODED = "application/x-www-form-urlencoded"
UNTYPED = {"hidden", "password", "file", "submit", "checkbox", "radio"}

HOSTILE = (
    "",
    "\0",
    "x" * 20_000,
    "\u202e\u2066reversed",
    "\ud800",
    "👩🏽‍⚕️ Łlŷr \u0301",
    "<script>alert(1)</script>\"'>",
    "' OR 1=1; DROP TABLE membership_person --",
    "{{ 7 * 7 }}{% debug %}%s%n",
    "../../../etc/passwd",
    "a@b\r\nBcc: everybody@example.org",
    "-1",
    "9" * 400,
    "9223372036854775808",
    "1e999",
    "NaN",
    "٣",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
)
SENSIBLE = {
    **applying.HOME,
    **applying.WORK,
    **applying.IN_WALES,
    **applying.QUALIFICATION,
    **applying.NURSE,
    **applying.JOB,
    **applying.FIRST_REFEREE,
    **applying.DBS,
    **applying.COURSE,
    "message": "I look for somebody near Cardiff.",
    "password": PASSWORD,
    "login": "nobody@example.org",
    "amount": "72.00",
    "reason": "Because the register says so.",
    "question": "Please tell us more.",
    "until": "2027-01-01",
    "because": "A claim may come.",
}
# Days, months and years that no calendar has, or only some years have.
FIGURES = ("0", "00", "2", "13", "29", "30", "31", "32", "1899", "1939", "2024", "2100", "10000")
TYPED = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(FIGURES),
    st.sampled_from(sorted({*SENSIBLE.values()})),
    st.text(max_size=60),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.dates().map(dt.date.isoformat),
)


@dataclass
class Form:
    """One form of a page: where it goes, its fields with what they hold, and their choices."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    @property
    def has_files(self) -> bool:
        return "file" in self.kinds.values()


class FormReader(HTMLParser):
    """The forms of one page."""

    def __init__(self, html: str, *, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._address, self._open, self._name, self._is_text = address, None, "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._address, known.get("action", ""))
            self._open = Form(action, known.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag in {"input", "button"} and known.get("name"):
            self._take_input(tag, known)
        elif tag in {"select", "textarea"} and known.get("name"):
            self._name, self._is_text = known["name"], tag == "textarea"
            self._open.fields[self._name], self._open.kinds[self._name] = "", tag
        elif tag == "option" and self._name:
            self._take_choice(self._name, known.get("value", ""), chosen="selected" in known)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag in {"select", "textarea"}:
            self._name, self._is_text = "", False

    def handle_data(self, text: str) -> None:
        if self._is_text and self._open is not None:
            self._open.fields[self._name] += text

    def _take_input(self, tag: str, known: dict[str, str]) -> None:
        name, kind = known["name"], known.get("type", "submit" if tag == "button" else "text")
        self._open.kinds[name] = kind
        if kind in {"radio", "checkbox"}:
            self._take_choice(name, known.get("value", "on"), chosen="checked" in known)
        else:
            self._open.fields[name] = known.get("value", "")

    def _take_choice(self, name: str, value: str, *, chosen: bool) -> None:
        self._open.choices.setdefault(name, []).append(value)
        if chosen:
            self._open.fields[name] = value


def forms_of(response: HttpResponse, address: str) -> list[Form]:
    if not response["Content-Type"].startswith("text/html"):
        return []
    return FormReader(response.content.decode(), address=address).forms


def sensible(name: str, form: Form) -> str:
    """What somebody of good will would put there."""
    if name == "question_token":
        return signing.dumps([0, time.time() - 60], salt="cmsuk.captcha")
    if name == "answer" and "question_token" in form.fields:
        return min(QUESTIONS[0][1])
    choices = [choice for choice in form.choices.get(name, []) if choice]
    held = form.fields.get(name, "")
    return held or (choices[0] if choices else SENSIBLE.get(name, ""))


def fill(draw: Callable, form: Form, strangers: list[str]) -> dict[str, list[str]]:
    """Each field sensibly, hostilely, not at all, or twice; and one that nobody asked for."""
    names = sorted({*form.fields, *form.choices} - {"csrfmiddlewaretoken"})
    hostile = TYPED | st.sampled_from(strangers)
    attacked = draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    filled = {}
    for name in names:
        value = [sensible(name, form)]
        if name in attacked:
            others = [hostile]
            if name in form.choices:
                others.append(st.sampled_from(form.choices[name]))
            value = draw(st.lists(st.one_of(others), max_size=2))
        filled[name] = value
    if draw(st.booleans()):
        filled[draw(st.sampled_from(UNASKED))] = [draw(hostile)]
    return filled


UNASKED = ("person", "person_id", "owner", "user", "id", "pk", "state", "is_staff", "pence", "next")


def everywhere(form: Form, value: str) -> dict[str, list[str]]:
    """One value in every field, but for what keeps machines out."""
    guard = {"question_token", "answer", "nickname", "csrfmiddlewaretoken"}
    names = {*form.fields, *form.choices} - guard
    kept = {name: [sensible(name, form)] for name in guard & {*form.fields} if name != "nickname"}
    return {**{name: [value] for name in names}, **kept}


class Upload(io.BytesIO):
    """A file of any name, also one that Django's own would refuse to have."""

    def __init__(self, content: bytes, *, name: str) -> None:
        super().__init__(content)
        self.name = name


def send(client: Client, form: Form, filled: dict[str, list[str]], action: str) -> HttpResponse:
    """As a browser sends it, but for letters that no browser would let through."""
    query = urlencode(filled, doseq=True, errors="surrogatepass")
    if form.method != "post":
        return client.get(action.partition("?")[0], QUERY_STRING=query)
    if not form.has_files:
        return client.post(action, query, content_type=URLENCODED)
    sent = {
        name: [each.encode("utf-8", "replace") for each in values]
        for name, values in filled.items()
    }
    for name, kind in form.kinds.items():
        if kind == "file" and filled.get(name):
            content = filled[name][0].encode("utf-8", "replace")
            sent[name] = Upload(content, name=content[:80].decode("utf-8", "ignore"))
    return client.post(action, sent)


def lost(form: Form, filled: dict[str, list[str]], answer: HttpResponse) -> dict[str, str]:
    """What was typed and refused, and is no longer on the page."""
    shown = [again for again in forms_of(answer, form.action) if again.kinds == form.kinds]
    if not shown:
        return {}
    return {
        name: values[0]
        for name, values in filled.items()
        if form.kinds.get(name, "hidden") not in UNTYPED
        and name not in form.choices
        and form.kinds.get(name) != "select"  # one without options has no choices either
        and name != "answer"
        and len(values) == 1
        and plain(values[0]) != plain(shown[0].fields.get(name, ""))
    }


def plain(text: str) -> str:
    """As text areas, parsers and encodings change it: ends of lines, NULs, lone surrogates."""
    kept = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return "".join(kept.replace("\0", "\ufffd").split())
