"""What is posted to the portal: a step of the application, a message of PayPal's."""

import itertools
import json
from urllib.parse import urlencode

from tests.bench.bare import VERIFY
from tests.bench.site import Site
from tests.bench.timing import Result, compare_both
from tests.factories import make_application
from tests.membership.applying import HOME
from tests.payments.scripted_server import ScriptedServer, reply

MOST_OF_A_STEP, MOST_OF_A_MESSAGE = 5, 3
SIGNED = {
    "PAYPAL-AUTH-ALGO": "SHA256withRSA",
    "PAYPAL-CERT-URL": "https://api.paypal.com/cert",
    "PAYPAL-TRANSMISSION-ID": "a-transmission",
    "PAYPAL-TRANSMISSION-SIG": "signed",
    "PAYPAL-TRANSMISSION-TIME": "2026-11-23T00:00:00Z",
}
_numbers = itertools.count(1)


def pretend_paypal() -> ScriptedServer:
    """It answers at once that everything was signed by PayPal."""
    return ScriptedServer({VERIFY: reply({"verification_status": "SUCCESS"})})


def measure(site: Site) -> list[Result]:
    return [*a_step(site), *a_message(site)]


def a_step(site: Site) -> list[Result]:
    """Saving the same answers again, beside a page that writes one row and sends the browser on."""
    user, answers = make_application().person.user, urlencode(HOME)
    return compare_both(
        "saving a step of the application",
        lambda: site.fetch("/apply/home/", user=user, posted=answers, wanted=302),
        lambda: site.fetch("/bare/one-row/", user=user, posted=answers, wanted=302),
        used=site.used,
        target=MOST_OF_A_STEP,
        scale="one applicant",
    )


def a_message(site: Site) -> list[Result]:
    """Taking a new message, beside a page that asks the same server once and writes one row."""
    return compare_both(
        "accepting a webhook",
        lambda: send(site, "/payments/paypal/webhook/"),
        lambda: send(site, "/bare/asks-once/"),
        used=site.used,
        target=MOST_OF_A_MESSAGE,
        scale="verified by a local server",
    )


def send(site: Site, path: str) -> None:
    event = {"id": f"WH-{next(_numbers)}", "event_type": "PAYMENT.CAPTURE.COMPLETED"}
    raw = json.dumps({**event, "resource": {"id": "CAPTURE-1"}}).encode()
    site.fetch(path, posted=raw, **{**SIGNED, "Content-Type": "application/json"})
