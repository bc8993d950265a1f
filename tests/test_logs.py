"""The log: one JSON object a line, the same number through the queue, and nobody's details."""

import json
import logging

import pytest
from celery import current_app, shared_task
from celery.app.trace import build_tracer

from cmsuk import tracing
from cmsuk.logs import JsonLine
from tests.patience import PATIENCE


def line_of(message, *arguments, exc_info=None, **extra):
    record = logging.LogRecord("room", logging.WARNING, "f.py", 1, message, arguments, exc_info)
    record.__dict__.update(extra)
    return json.loads(JsonLine().format(record))


def test_a_line_is_one_object_with_the_number_of_its_request():
    tracing.current.set("abcd1234")

    line = line_of("Letter %s was not sent", 7)

    tracing.current.set("")
    assert {name: line[name] for name in ("level", "logger", "message", "request_id")} == {
        "level": "WARNING",
        "logger": "room",
        "message": "Letter 7 was not sent",
        "request_id": "abcd1234",
    }


def test_an_address_in_a_message_is_taken_out():
    assert line_of("for %s", "Pat <pat@example.org>")["message"] == "for Pat <<address>>"


def test_of_an_error_the_kind_and_the_place_are_told_and_not_its_words():
    try:
        int("Key (email)=(pat@example.org) already exists, Perdita")
    except ValueError as error:
        line = line_of("It broke", exc_info=(type(error), error, error.__traceback__))

    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][-1]
    assert "erdita" not in json.dumps(line)


def test_a_message_that_quotes_an_error_quotes_its_kind():
    try:
        int("Perdita")
    except ValueError as error:
        line = line_of("No: %s", error, exc_info=(type(error), error, error.__traceback__))

    assert line["message"] == "No: ValueError"


@shared_task
def stumble():
    raise ValueError("Perdita lives in Secret Street")


def test_a_task_that_fails_is_named_and_nobody_in_it(caplog):
    build_tracer(stumble.name, stumble, app=current_app)("the-task", (), {}, {})

    lines = [json.loads(JsonLine().format(record)) for record in caplog.records]
    assert [(line["message"], line["error"]) for line in lines] == [
        ("Task tests.test_logs.stumble raised unexpected", "ValueError")
    ]
    assert "erdita" not in json.dumps(lines)


@pytest.mark.django_db
def test_of_a_request_its_route_is_told_and_not_the_address(client, rf):
    answer = client.get("/verify/secret-token/?name=Perdita")
    request = answer.wsgi_request

    line = line_of("Not Found: %s", request.path, request=request, status_code=404)

    assert "secret-token" not in json.dumps(line)
    assert line["message"] == "GET verify/<slug:token>/ 404"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("abc-12345", True), ("short", False), ("x" * 65, False), ("a b c d e f g\t", False)],
)
def test_the_number_of_a_proxy_is_kept_where_it_is_plain(client, given, is_kept):
    answer = client.get("/faq/", headers={"X-Request-ID": given})

    assert (answer["X-Request-ID"] == given) is is_kept
    assert tracing.PLAIN.fullmatch(answer["X-Request-ID"])


@pytest.mark.django_db
def test_every_request_has_a_number_of_its_own(client):
    first, second = client.get("/faq/"), client.get("/faq/")

    assert first["X-Request-ID"] != second["X-Request-ID"]


SEEN = []


@shared_task
def look():
    SEEN.append(tracing.current.get())


def delivered(headers):
    """The task as a worker runs it, with the headers that its message came with."""
    build_tracer(look.name, look, app=current_app)("the-task", (), {}, headers)
    return SEEN.pop()


def test_a_task_is_logged_under_the_number_of_the_request_that_queued_it():
    tracing.current.set("from-a-request")
    with current_app.connection_for_write() as door:
        queue = door.SimpleQueue("tracing-test")
        queue.clear()
        look.apply_async(queue="tracing-test", connection=door)
        message = queue.get(timeout=PATIENCE)
        message.ack()
    tracing.current.set("")

    assert delivered(message.headers) == "from-a-request"
    assert tracing.current.get() == ""


def test_a_task_of_beat_has_its_own_number():
    assert delivered({}) == "the-task"
