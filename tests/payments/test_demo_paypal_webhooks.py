"""The pretend PayPal's events: signed over their bytes, delivered until they are taken."""

import json
import sqlite3

import pytest
import requests

from payments import demo_paypal
from payments.demo_paypal.webhooks import raw_member, signed_headers
from tests.patience import PATIENCE
from tests.payments.demo_site import running, wanted
from tests.payments.scripted_server import Reply, ScriptedServer


def make_order(paypal):
    return paypal.gateway().create_order(wanted(), request_id="order-1")


def signed(paypal, raw):
    return signed_headers(raw, webhook_id=demo_paypal.WEBHOOK_ID, key=paypal.store.signing_key)


RAW = '{ "id":"WH-1",  "n": 1.0, "name": "Łukasz", "empty": {} }'.encode()


def test_a_signature_holds_for_exactly_the_bytes_that_were_signed(paypal):
    headers = signed(paypal, RAW)

    verify = paypal.gateway().verify_webhook

    assert verify(headers, RAW) is True
    assert verify(headers, json.dumps(json.loads(RAW)).encode()) is False
    assert verify(headers, RAW.replace(b"WH-1", b"WH-2")) is False


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"\xff{}", b'{"id": 1', b'{"id": 1}, "webhook_id": "X"']
)
def test_bytes_that_are_not_one_json_object_are_never_sent_to_paypal(paypal, raw):
    assert paypal.gateway().verify_webhook(signed(paypal, raw), raw) is False
    assert paypal.asked == []


def test_an_event_without_its_signature_headers_is_refused_without_a_call(paypal):
    headers = {**signed(paypal, RAW), "PAYPAL-TRANSMISSION-SIG": ""}

    assert paypal.gateway().verify_webhook(headers, RAW) is False
    assert paypal.asked == []


def test_the_raw_member_is_found_whatever_stands_before_it():
    text = '{"a": {"webhook_event": 1}, "b": "webhook_event\\"", "webhook_event" : {"x": 1.0} }'

    assert raw_member(text, "webhook_event") == b'{"x": 1.0}'
    assert raw_member('{"a": 1}', "webhook_event") == b""


def test_events_are_delivered_signed_and_again_until_they_are_taken(tmp_path):
    state = tmp_path / "paypal.sqlite3"
    with (
        ScriptedServer({"/hook": [Reply(503), Reply(200)]}) as portal,
        running(state=state, webhook_url=f"{portal.url}/hook") as paypal,
    ):
        new = make_order(paypal)
        paypal.press(new.id, "pay")
        wait_until_delivered(state, paypal)
        first, second = portal.calls("/hook")
        genuine = paypal.gateway().verify_webhook(upper(second.headers), second.body)

    assert first.body == second.body
    assert json.loads(second.body)["event_type"] == "CHECKOUT.ORDER.APPROVED"
    assert json.loads(second.body)["resource"]["id"] == new.id
    assert genuine is True


def wait_until_delivered(state, paypal):
    """Deliver by hand, as if the waiting time were over, until nothing is left."""
    for _ in range(200):
        connection = sqlite3.connect(state, timeout=PATIENCE)
        left = connection.execute("SELECT count(*) FROM deliveries").fetchone()[0]
        connection.execute("UPDATE deliveries SET next_at = 0")
        connection.commit()
        connection.close()
        if not left:
            return
        requests.get(f"{paypal.base_url}/healthz", timeout=PATIENCE)
        paypal._courier.wake()
    pytest.fail("The event was not delivered.")


def upper(headers):
    return {name.upper(): value for name, value in headers.items()}
