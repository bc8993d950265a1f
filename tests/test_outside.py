"""What the portal calls outside of itself: a few things, each named by a setting alone."""

import ast
import json
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings

from tests.foundation.files import pdf, sent
from tests.test_house import MODULES, ROOT, named
from tests.world import World

pytestmark = pytest.mark.django_db

# Whatever can open a line to somewhere.
LINES = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "asyncio",
    "requests",
    "urllib3",
    "paypalrestsdk",
    "subprocess",
}
# Where each is used, and what says whom it calls.
CALLERS = {
    "payments/gateways/paypal.py": ({"requests", "paypalrestsdk"}, "PAYPAL_ENDPOINT"),
    "foundation/uploads/scanner.py": ({"socket"}, "CLAMAV_SOCKET"),
    # Django's own back end opens the line, to the host of EMAIL_URL; here are its errors alone.
    "foundation/letters.py": ({"smtplib"}, "EMAIL_URL"),
    # The health check of a container asks itself.
    "cmsuk/alive.py": ({"urllib.request"}, "SITE_URL"),
    # The demo, on this machine.
    "cmsuk/management/commands/demo.py": ({"socket", "subprocess"}, "--port"),
    "payments/demo_paypal/webhooks.py": ({"requests"}, "--webhook-url"),
    "tools/dev.py": ({"subprocess"}, "requirements.lock"),
    "tools/mutants.py": ({"subprocess"}, "requirements-mutants.lock"),
    "tools/servers.py": ({"socket", "subprocess"}, "its own port"),
    "tools/stack.py": ({"subprocess", "urllib.request"}, "its own port"),
    "payments/demo_paypal/server.py": ({"http"}, "--port"),
}


def opens_lines(file):
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
        found |= {line for line in LINES for name in names if is_of(name, line)}
    return found


def is_of(name, line):
    # Codes, cookies and the like of `http` open nothing.
    quiet = name.startswith(("http.cookie", "http.HTTPStatus")) or name == "http"
    return not quiet and (name == line or name.startswith(f"{line}."))


def test_four_files_call_outside_and_each_is_told_whom_by_a_setting():
    found = {named(file): lines for file in MODULES if (lines := opens_lines(file))}

    assert found == {name: lines for name, (lines, _who) in CALLERS.items()}


def test_every_caller_stands_in_the_threat_model():
    told = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")

    callers = (*CALLERS, "cmsuk/reporting.py")  # which asks for its library by name
    assert [name for name in callers if f"`{name}`" not in told] == []


def test_no_address_that_is_called_comes_out_of_a_row_or_a_request():
    """The first argument of every call of a line is a setting, its own address, or a constant."""
    paypal = (ROOT / "payments/gateways/paypal.py").read_text()
    chosen = (ROOT / "payments/gateways/chosen.py").read_text()

    assert "settings.PAYPAL_ENDPOINT" in chosen
    assert "cert_url" not in paypal


CALLED: list[tuple] = []
LISTENING = [False]


def listen(event, arguments):
    if LISTENING[0] and event in {"socket.connect", "socket.getaddrinfo"}:
        CALLED.append(arguments[1] if event == "socket.connect" else arguments[:2])


sys.addaudithook(listen)


@pytest.fixture
def called():
    """Every host that Python calls meanwhile, told by the interpreter itself."""
    CALLED.clear()
    LISTENING[0] = True
    yield CALLED
    LISTENING[0] = False


FORGED = {
    "PAYPAL-CERT-URL": "https://evil.example/cert.pem",
    "PAYPAL-AUTH-ALGO": "SHA256withRSA",
    "PAYPAL-TRANSMISSION-ID": "1",
    "PAYPAL-TRANSMISSION-SIG": "x",
    "PAYPAL-TRANSMISSION-TIME": "2026-11-22T10:00:00Z",
}


def test_addresses_that_people_send_are_called_by_nobody(settings, called):
    settings.PAYPAL_ENDPOINT = "http://127.0.0.1:9"
    world = World()
    member, visitor = world.client_of("member"), world.client_of("visitor")
    evil = "https://evil.example/steal"
    event = {"id": "WH-1", "event_type": "X", "resource": {"links": [{"href": evil}]}}

    visitor.post("/payments/paypal/webhook/", json.dumps(event), "application/json", headers=FORGED)
    visitor.get("/", headers={"referer": evil, "x-forwarded-host": "evil.example"})
    visitor.post("/accounts/login/", {"login": f"a@{evil}", "password": evil, "next": evil})
    member.post("/profile/listing/", {"website": evil, "about": f"![]({evil})", "name": evil})
    file = sent(pdf(), evil)
    world.client_of("applicant").post("/apply/qualifications/files/", {"file": file})

    ours = {"127.0.0.1", "localhost", urlsplit(django_settings.REDIS_URL).hostname}
    hosts = {one[0] if isinstance(one, tuple) else str(one) for one in called}
    assert {str(host) for host in hosts} <= {str(host) for host in ours}
