"""The transport against a real local server: each trap of the library, closed."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from payments.gateways.errors import PaypalError
from payments.gateways.paypal import Transport
from tests.payments.scripted_server import TOKEN, Reply, ScriptedServer, reply

ORDER = "/v2/checkout/orders/O1"
ORDERS = "/v2/checkout/orders"


def make_transport(url, **options):
    return Transport(client_id="the-client", client_secret="the-secret", endpoint=url, **options)


def refusal_of(call, *args):
    with pytest.raises(PaypalError) as caught:
        call(*args)
    return caught.value


def test_a_call_carries_the_token_and_returns_the_answer():
    with ScriptedServer({ORDER: reply({"id": "O1"})}) as server:
        answer = make_transport(server.url).get("v2/checkout/orders/O1")

        assert answer == {"id": "O1"}
        assert server.calls(ORDER)[0].headers["authorization"] == "Bearer A-TOKEN"


def test_a_get_is_sent_without_a_body():
    with ScriptedServer({ORDER: reply({"id": "O1"})}) as server:
        make_transport(server.url).get("v2/checkout/orders/O1")

        assert server.calls(ORDER)[0].body == b""
        assert "content-length" not in server.calls(ORDER)[0].headers


def test_a_trailing_slash_on_the_endpoint_changes_nothing():
    with ScriptedServer({ORDER: reply({"id": "O1"})}) as server:
        make_transport(f"{server.url}/").get("v2/checkout/orders/O1")

        assert [seen.path for seen in server.seen] == ["/v1/oauth2/token", ORDER]


def test_a_silent_paypal_is_given_up_after_the_time_out_and_counts_as_unknown():
    with ScriptedServer({ORDER: Reply(after_seconds=1.5)}) as server:
        error = refusal_of(
            make_transport(server.url, timeout=(0.2, 0.2)).get, "v2/checkout/orders/O1"
        )

        assert (error.status, error.name, error.unknown) == (None, "NO_ANSWER", True)


def test_a_slow_token_is_given_up_after_the_time_out():
    slow = Reply(body=TOKEN.body, after_seconds=1.5)
    with ScriptedServer({"/v1/oauth2/token": slow, ORDER: reply({})}) as server:
        error = refusal_of(
            make_transport(server.url, timeout=(0.2, 0.2)).get, "v2/checkout/orders/O1"
        )

        assert (error.name, error.unknown) == ("NO_ANSWER", True)
        assert server.calls(ORDER) == []


def test_nobody_listening_counts_as_unknown():
    with ScriptedServer({}) as server:
        url = server.url

    error = refusal_of(make_transport(url).get, "v2/checkout/orders/O1")

    assert (error.status, error.unknown) == (None, True)


def test_a_lasting_401_ends_after_one_renewal_of_the_token():
    refused = reply({"name": "AUTHENTICATION_FAILURE"}, status=401)
    with ScriptedServer({ORDER: refused}) as server:
        error = refusal_of(make_transport(server.url).get, "v2/checkout/orders/O1")

        assert (error.status, error.name) == (401, "AUTHENTICATION_FAILURE")
        assert len(server.calls(ORDER)) == 2
        assert len(server.calls("/v1/oauth2/token")) == 2


def test_a_token_that_paypal_forgot_is_renewed_once_and_the_call_works():
    refused = reply({"name": "AUTHENTICATION_FAILURE"}, status=401)
    with ScriptedServer({ORDER: [refused, reply({"id": "O1"})]}) as server:
        answer = make_transport(server.url).get("v2/checkout/orders/O1")

        assert answer == {"id": "O1"}


def test_a_wrong_secret_is_refused_at_the_token_and_asked_once():
    refused = reply({"error": "invalid_client"}, status=401)
    with ScriptedServer({"/v1/oauth2/token": refused}) as server:
        error = refusal_of(make_transport(server.url).get, "v2/checkout/orders/O1")

        assert (error.status, error.name, error.unknown) == (401, "invalid_client", False)
        assert len(server.seen) == 1


def test_a_token_answer_without_a_token_counts_as_unknown():
    with ScriptedServer({"/v1/oauth2/token": reply({"scope": "x"})}) as server:
        transport = make_transport(server.url)
        error = refusal_of(transport.get, "v2/checkout/orders/O1")

        assert (error.name, transport.token_hash) == ("UNREADABLE_ANSWER", None)


def test_a_400_is_raised_with_its_codes():
    body = {
        "name": "INVALID_REQUEST",
        "debug_id": "abc123",
        "details": [{"issue": "MISSING_REQUIRED_PARAMETER"}],
    }
    with ScriptedServer({ORDERS: reply(body, status=400)}) as server:
        error = refusal_of(make_transport(server.url).post, "v2/checkout/orders", {"a": 1})

    assert (error.status, error.name, error.issue, error.debug_id, error.unknown) == (
        400,
        "INVALID_REQUEST",
        "MISSING_REQUIRED_PARAMETER",
        "abc123",
        False,
    )


@pytest.mark.parametrize("status", [200, 201])
def test_a_page_of_html_instead_of_json_counts_as_unknown(status):
    with ScriptedServer({ORDERS: Reply(status, b"<h1>Welcome</h1>")}) as server:
        error = refusal_of(make_transport(server.url).post, "v2/checkout/orders")

    assert (error.name, error.unknown) == ("UNREADABLE_ANSWER", True)


def test_an_html_400_is_raised_with_its_status_alone():
    with ScriptedServer({ORDERS: Reply(400, b"<h1>Bad</h1>")}) as server:
        error = refusal_of(make_transport(server.url).post, "v2/checkout/orders")

    assert (error.status, error.name, str(error)) == (400, "", "PayPal: 400")


def test_a_list_instead_of_an_object_counts_as_unknown():
    with ScriptedServer({ORDER: reply([1])}) as server:
        assert refusal_of(make_transport(server.url).get, "v2/checkout/orders/O1").unknown


def test_a_redirect_is_not_followed_and_counts_as_unknown():
    moved = Reply(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
    with ScriptedServer({ORDERS: moved}) as server:
        error = refusal_of(make_transport(server.url).post, "v2/checkout/orders")

        assert error.unknown
        assert len(server.calls(ORDERS)) == 1


@pytest.mark.parametrize(
    ("status", "unknown"),
    [
        (400, False),
        (403, False),
        (404, False),
        (405, False),
        (407, False),
        (408, True),
        (409, True),
        (410, False),
        (422, False),
        (428, False),
        (429, True),
        (499, False),
        (500, True),
        (503, True),
        (599, True),
    ],
)
def test_which_refusals_leave_the_outcome_unknown(status, unknown):
    with ScriptedServer({ORDERS: reply({"name": "X"}, status=status)}) as server:
        error = refusal_of(make_transport(server.url).post, "v2/checkout/orders")

    assert (error.status, error.unknown) == (status, unknown)


def test_only_paypals_own_404_says_that_a_thing_is_missing():
    theirs = reply({"name": "RESOURCE_NOT_FOUND"}, status=404)
    with ScriptedServer({ORDER: [theirs, Reply(404, b"<h1>Not found</h1>")]}) as server:
        transport = make_transport(server.url)
        first = refusal_of(transport.get, "v2/checkout/orders/O1")
        second = refusal_of(transport.get, "v2/checkout/orders/O1")

    assert (first.missing, second.missing) == (True, False)


def test_how_long_to_wait_is_kept_from_a_429():
    busy = reply({"name": "RATE_LIMIT_REACHED"}, 429, **{"Retry-After": "7"})
    with ScriptedServer({ORDERS: busy}) as server:
        assert refusal_of(make_transport(server.url).post, "v2/checkout/orders").retry_after == "7"


def test_headers_of_a_call_do_not_reach_the_token_call():
    with ScriptedServer({ORDERS: reply({"id": "O1"})}) as server:
        make_transport(server.url).post(
            "v2/checkout/orders", {}, {"PayPal-Request-Id": "order-1", "Prefer": "x"}
        )

        token, order = server.seen
        assert {"paypal-request-id", "prefer"} & set(token.headers) == set()
        assert order.headers["paypal-request-id"] == "order-1"


def test_twelve_threads_share_one_token():
    slow = Reply(body=TOKEN.body, after_seconds=0.2)
    with ScriptedServer({"/v1/oauth2/token": slow, ORDER: reply({"id": "O1"})}) as server:
        transport = make_transport(server.url)
        together = threading.Barrier(12)

        def ask(_):
            together.wait()
            answer = transport.get("v2/checkout/orders/O1")
            transport.close()
            return answer

        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(ask, range(12)))

        assert answers == [{"id": "O1"}] * 12
        assert len(server.calls("/v1/oauth2/token")) == 1


def test_a_token_near_its_end_is_renewed_before_it_fails():
    ending = reply({"access_token": "T", "token_type": "Bearer", "expires_in": 100})
    with ScriptedServer({"/v1/oauth2/token": ending, ORDER: reply({"id": "O1"})}) as server:
        early = make_transport(server.url, margin=120)
        early.get("v2/checkout/orders/O1")
        early.get("v2/checkout/orders/O1")
        renewed = len(server.calls("/v1/oauth2/token"))
        patient = make_transport(server.url, margin=10)
        patient.get("v2/checkout/orders/O1")
        patient.get("v2/checkout/orders/O1")

        assert (renewed, len(server.calls("/v1/oauth2/token")) - renewed) == (2, 1)


def test_one_thread_keeps_one_connection_and_no_cookies():
    with ScriptedServer({ORDER: reply({"id": "O1"}, **{"Set-Cookie": "a=b"})}) as server:
        transport = make_transport(server.url)
        transport.get("v2/checkout/orders/O1")
        transport.get("v2/checkout/orders/O1")

        assert "cookie" not in server.calls(ORDER)[1].headers
        assert len({seen.client_port for seen in server.seen}) == 1


def test_a_netrc_file_does_not_replace_the_token(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with ScriptedServer({ORDER: reply({"id": "O1"})}) as server:
        make_transport(server.url).get("v2/checkout/orders/O1")

        assert server.calls(ORDER)[0].headers["authorization"] == "Bearer A-TOKEN"


def test_a_proxy_in_the_environment_is_not_used_for_loopback(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with ScriptedServer({ORDER: reply({"id": "O1"})}) as server:
        assert make_transport(server.url).get("v2/checkout/orders/O1") == {"id": "O1"}


def test_no_secret_reaches_a_log_or_the_text_of_an_error(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("paypalrestsdk").setLevel(logging.DEBUG)
    body = {
        "name": "UNPROCESSABLE_ENTITY",
        "details": [{"issue": "not a code: Priya Sample", "description": "Priya Sample"}],
        "message": "A-TOKEN",
    }
    with ScriptedServer({ORDERS: reply(body, status=422)}) as server:
        error = refusal_of(
            make_transport(server.url).post, "v2/checkout/orders", {"description": "Priya Sample"}
        )
        logging.getLogger("paypalrestsdk").setLevel(logging.WARNING)

    told = f"{caplog.text} {error} {error!r} {error.__cause__} {error.issue}"
    secrets = ["the-secret", "dGhlLWNsaWVudD", "A-TOKEN", "Priya", "grant_type"]
    assert [secret for secret in secrets if secret in told] == []
