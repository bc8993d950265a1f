"""The pretend PayPal for a test: plays the payer, and breaks the line where a test asks."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import requests

from payments import demo_paypal
from payments.demo_paypal.answers import Answer, as_json
from payments.demo_paypal.server import DemoPaypal
from payments.gateways.gateway import PaypalGateway
from payments.gateways.orders import OrderRequest
from payments.gateways.paypal import Transport
from tests.patience import PATIENCE


@dataclass
class Fault:
    """The next `times` calls of a kind fail; with `done` the work is done, the answer lost."""

    method: str
    ending: str
    done: bool = False
    times: int = 1
    answer: Answer = field(default_factory=lambda: Answer(503, b"<h1>Sorry</h1>"))


class FaultyPaypal(DemoPaypal):
    """The pretend PayPal with a bad line, and a memory of what it was asked."""

    def __init__(self, **options):
        super().__init__(**options)
        self.broken = []
        self.asked = []

    def answer(self, asked):
        self.asked.append((asked.method, asked.path))
        for fault in self.broken:
            hit = fault.method == asked.method and asked.path.endswith(fault.ending)
            if hit and fault.times > 0:
                fault.times -= 1
                if fault.done:
                    super().answer(asked)
                return fault.answer
        return super().answer(asked)

    def count(self, method, ending):
        return sum(1 for verb, path in self.asked if verb == method and path.endswith(ending))

    def gateway(self):
        transport = Transport(
            client_id=demo_paypal.CLIENT_ID,
            client_secret=demo_paypal.CLIENT_SECRET,
            endpoint=self.base_url,
        )
        return PaypalGateway(transport, webhook_id=demo_paypal.WEBHOOK_ID)

    def press(self, order_id, choice):
        """The payer presses a button; returns where the browser is sent."""
        answer = requests.post(
            f"{self.base_url}/checkoutnow",
            data={"token": order_id, "choice": choice},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


@contextmanager
def running(**options):
    site = FaultyPaypal(**options)
    site.start()
    try:
        yield site
    finally:
        site.stop()


def wanted(**changes):
    """An order for £72.00."""
    values = {
        "attempt_ref": "attempt-1",
        "invoice_id": "CMS-2026-0001-attempt-1",
        "description": "Case Manager membership, 12 months",
        "amount_pence": 7200,
        "brand_name": "CMSUK",
        "return_url": "http://127.0.0.1:8000/back?of=1",
        "cancel_url": "http://127.0.0.1:8000/cancelled",
    }
    return OrderRequest(**{**values, **changes})


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def refusal(issue):
    """PayPal's own 422 with one issue."""
    return as_json(422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue}]})
