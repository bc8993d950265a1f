"""What every answer tells the browser: on every page, for every reader, and in production."""

import datetime as dt
import json
import os
import re
import subprocess
import sys

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import reverse

from cmsuk import headers
from directory.models import Photo
from tests.factories import A_MOMENT, PASSWORD, make_fee_rate, make_member, make_person
from tests.foundation.files import picture, sent
from tests.test_house import COMPLETE, ROOT
from tests.test_look import BESIDES, walk
from tests.test_permissions import GUARDED, filled
from tests.walking import Page
from tests.world import World

pytestmark = pytest.mark.django_db

EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": headers.PERMISSIONS,
    "X-Permitted-Cross-Domain-Policies": "none",
}
WANTED_OF_THE_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "frame-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'", "http://127.0.0.1:9000"],
}
# Run by nobody: data for search engines, and what scripts of ours read.
DATA = ("application/ld+json", "application/json")


def policy_of(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: sorted(values) for name, *values in parts}


def wrong(answer):
    """What of the headers is not as it should be, and what in the page would not run."""
    found = [name for name, value in EXACT.items() if answer.get(name) != value]
    if policy_of(answer) != {name: sorted(them) for name, them in WANTED_OF_THE_POLICY.items()}:
        found.append(answer["Content-Security-Policy"])
    if answer["Content-Type"].startswith("text/html"):
        found += inline(Page(answer.content.decode()))
    return found


def inline(page):
    for tag, attrs in page.tags:
        if tag == "style" and "nonce" not in attrs:
            yield "a style sheet in the page"
        if tag == "script" and "src" not in attrs and attrs.get("type") not in DATA:
            yield "a script in the page"
        yield from (name for name in attrs if name.startswith("on"))


@pytest.fixture
def world():
    return World()


def all_wrong(answers):
    return {way: found for way, answer in answers.items() if (found := wrong(answer))}


def test_every_page_of_a_visitor_has_them(client):
    make_fee_rate()
    make_member()

    assert all_wrong(walk(client, *BESIDES)) == {}


def test_every_page_of_a_member_has_them(world):
    pages = walk(world.client_of("member"), "/", "/profile/", "/records/", "/accounts/2fa/")

    assert len(pages) > 40
    assert all_wrong(pages) == {}


def test_every_page_of_the_office_has_them(world):
    client = world.client_of("officer")

    answers = {way: client.get(filled(way)) for name, way in GUARDED if name != "logout"}

    pages = {way: one for way, one in answers.items() if one["Content-Type"] != "text/csv"}
    assert len(pages) > 100
    assert all_wrong(pages) == {}


@pytest.mark.parametrize(
    ("method", "way", "code"),
    [
        ("get", "/nowhere/", 404),
        ("get", "/profile/", 302),
        ("post", "/profile/", 302),
        ("post", "/faq/", 405),
        ("get", "/static/site.css", 200),
        ("get", "/favicon.ico", 302),
        ("get", "/healthz", 200),
        ("get", "/robots.txt", 200),
        ("get", "/.well-known/security.txt", 200),
        ("post", "/payments/paypal/webhook/", 400),
    ],
)
def test_refusals_and_plain_files_have_them_too(client, method, way, code):
    answer = getattr(client, method)(way)

    b"".join(answer)  # a file is closed with its last piece
    assert answer.status_code == code
    assert answer["X-Content-Type-Options"] == "nosniff"
    if not way.startswith("/static/"):  # handed out before any page is asked
        assert wrong(answer) == []


def test_a_forged_form_is_refused_with_them():
    answer = Client(enforce_csrf_checks=True).post("/callback/", {})

    assert (answer.status_code, wrong(answer)) == (403, [])


def test_what_has_to_stand_in_a_page_carries_the_nonce_of_its_answer(rf):
    template = engines["django"].from_string("<style nonce='{{ request.csp_nonce }}'></style>")
    seen = []

    def page(request):
        seen.append(template.render({}, request))
        return HttpResponse(seen[-1])

    policies = [policy_of(CSPMiddleware(page)(rf.get("/"))) for _ in range(2)]

    nonces = [re.search(r"nonce='([^']+)'", text)[1] for text in seen]
    assert len(set(nonces)) == 2
    for policy, nonce in zip(policies, nonces, strict=True):
        assert policy["style-src"] == ["'nonce-" + nonce + "'", "'self'"]
        assert policy["script-src"] == policy["style-src"]


# What a browser may keep ----------------------------------------------------------------------


def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(world):
    pages = walk(world.client_of("member"), "/", "/profile/", "/records/", "/accounts/2fa/")

    kept = {way for way, page in pages.items() if "no-store" not in page["Cache-Control"]}

    assert kept == set()


def test_pages_for_everybody_say_nothing_of_it(client):
    assert "Cache-Control" not in client.get("/faq/")


# What people sent -----------------------------------------------------------------------------


def test_a_photo_is_served_as_a_picture_that_may_do_nothing(world, client):
    listing = world.member.listing
    Photo.objects.create(listing=listing, content=picture(), added_at=A_MOMENT)
    type(listing).objects.filter(pk=listing.pk).update(shows_photo=True)

    answer = client.get(reverse("directory:photo", args=[listing.slug]))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert policy_of(answer) == {
        "sandbox": [],
        "default-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.pdf.html", "a.jpg"])
def test_a_page_is_taken_as_evidence_under_no_name(world, name):
    page = b"<!doctype html><script>alert(1)</script>"

    world.client_of("applicant").post("/apply/qualifications/files/", {"file": sent(page, name)})

    assert world.applicant.evidence_files.exclude(name="bsc.pdf").count() == 0


# In production --------------------------------------------------------------------------------

SOON = (dt.date.today() + dt.timedelta(days=100)).isoformat()  # noqa: DTZ011
NAMES = (
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_DOMAIN",
    "SESSION_COOKIE_PATH",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_DOMAIN",
    "CSRF_COOKIE_PATH",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
    "STAFF_SECOND_STEP",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    "DEBUG",
)


def run(tmp_path, *words, **environment):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_keeps_its_cookies_to_this_host_over_https(tmp_path):
    script = (
        "import json; from django.conf import settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in {NAMES!r}}}))"
    )

    done = run(tmp_path, "-c", script, DJANGO_SETTINGS_MODULE="cmsuk.settings", **COMPLETE)

    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_PATH": "/",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
        "STAFF_SECOND_STEP": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "DEBUG": False,
    }


def test_djangos_own_check_of_a_deployment_finds_nothing(tmp_path):
    words = ("manage.py", "check", "--deploy", "--fail-level", "INFO")

    done = run(
        tmp_path, *words, SECURITY_TXT_EXPIRES=SOON, **{**COMPLETE, "DJANGO_SECRET_KEY": KEY}
    )

    assert (done.returncode, done.stderr) == (0, "")


KEY = "".join(chr(97 + number % 26) + str(number % 10) for number in range(40))


@pytest.mark.parametrize("day", ["", "2020-01-01", "2099-01-01"])
def test_the_check_says_when_finders_of_weaknesses_are_told_nothing(tmp_path, day):
    words = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    production = {**COMPLETE, "DJANGO_SECRET_KEY": KEY}

    done = run(tmp_path, *words, SECURITY_TXT_EXPIRES=day, **production)

    assert done.returncode == 1
    assert "cmsuk.W001" in done.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SITE_URL": "http://portal.example.org"}, "SITE_URL does not begin with https://"),
        ({"DJANGO_DEBUG": "true"}, "DJANGO_DEBUG is on"),
        ({"STAFF_SECOND_STEP": "false"}, "STAFF_SECOND_STEP is off, but PAYPAL_ENV is not demo"),
        ({"SECURITY_TXT_EXPIRES": "soon"}, "SECURITY_TXT_EXPIRES is “soon”: write a day such as"),
    ],
)
def test_an_open_production_does_not_start(tmp_path, environment, words):
    done = run(tmp_path, "manage.py", "check", **{**COMPLETE, **environment})

    assert done.returncode != 0
    assert words in done.stderr


def test_cookies_are_read_by_no_script_and_sent_from_no_other_site(client):
    user = make_person().user

    client.get("/callback/")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    flags = {
        name: (bool(one["httponly"]), one["samesite"], one["path"], one["domain"])
        for name, one in client.cookies.items()
        if one.value
    }
    assert flags == {
        "sessionid": (True, "Lax", "/", ""),
        "csrftoken": (True, "Lax", "/", ""),
        "messages": (True, "Lax", "/", ""),
    }
    told = client.get("/cookies/").content.decode()
    assert [name for name in flags if f'<th scope="row">{name}</th>' not in told] == []


# security.txt ---------------------------------------------------------------------------------


def test_finders_of_weaknesses_are_told_where_to_write(client, settings):
    settings.SECURITY_TXT_EXPIRES = dt.date(2999, 5, 31)
    settings.SITE_URL = "https://portal.example.org"

    text = client.get("/.well-known/security.txt")

    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode().splitlines() == [
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        "Contact: https://portal.example.org/contact/",
        "Expires: 2999-05-31T23:59:59Z",
        "Preferred-Languages: en",
        "Canonical: https://portal.example.org/.well-known/security.txt",
    ]


@pytest.mark.parametrize("day", [None, dt.date(2020, 1, 1)])
def test_what_is_out_of_date_is_not_served(client, settings, day):
    settings.SECURITY_TXT_EXPIRES = day

    assert client.get("/.well-known/security.txt").status_code == 404
