"""Nothing that must stay between us and PayPal reaches a log, however much is logged."""

import base64
import logging

import pytest

from payments import demo_paypal, refunds
from payments.demo_paypal.orders import PAYER
from payments.models import Attempt, Refund
from tests.factories import make_officer, make_person, now
from tests.payments.demo_site import Fault
from tests.payments.money import (
    MINUTE,
    come_back,
    make_invoice,
    press_pay,
)
from tests.payments.test_webhooks import events_of, follow_all, send

pytestmark = pytest.mark.django_db
BASIC = base64.b64encode(f"{demo_paypal.CLIENT_ID}:{demo_paypal.CLIENT_SECRET}".encode()).decode()


@pytest.fixture
def everything(caplog):
    """Every logger says all that it can, the library's too."""
    names = [None, *logging.root.manager.loggerDict]
    loggers = [logging.getLogger(name) for name in names]
    before = [(one, one.level, one.disabled) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    yield caplog
    for one, level, disabled in before:
        one.setLevel(level)
        one.disabled = disabled


def live(client, paypal):
    """A payment with a bad line, its return page, its messages and a refund."""
    person = make_person(given_name="Zenobia", family_name="Zzyzx", address_line_1="9 Hidden Row")
    invoice = make_invoice(person=person)
    paypal.broken += [
        Fault("POST", "/capture"),
        Fault("POST", "/refund"),
    ]
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pay")
    client.get(f"/payments/paypal/return/{attempt.token}/")
    come_back(attempt, at=now() + 2 * MINUTE)
    for raw in events_of(paypal):
        send(client, paypal, raw)
    follow_all()
    asked = refunds.request(
        attempt.pk,
        pence=2000,
        effect=Refund.Effect.KEEP,
        note="Zenobia wrote to us.",
        key="one",
        by=make_officer(),
        at=now(),
    )
    refunds.send(asked.pk, at=now())
    refunds.sync_due(at=now() + 5 * MINUTE)
    return person


def test_a_whole_payment_logs_no_secret_and_no_payer(client, paypal, everything):
    person = live(client, paypal)

    attempt = Attempt.objects.get()
    with paypal.store.writing() as rows:
        tokens = [row[0] for row in rows.execute("SELECT token FROM tokens").fetchall()]
    said = everything.text
    secrets = [demo_paypal.CLIENT_SECRET, BASIC, *tokens, paypal.store.signing_key.hex()]
    payer = [PAYER["email_address"], PAYER["payer_id"], "Penny", person.email]
    ours = ["Zenobia", "Zzyzx", "Hidden Row", person.phone.as_e164]
    assert attempt.state == "part_refunded"
    assert len(tokens) >= 1
    assert attempt.ref in said
    assert [word for word in (*secrets, *payer, *ours) if str(word) in said] == []
