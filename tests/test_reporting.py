"""What is told to Sentry of an error, and what is not."""

import json

import sentry_sdk

from cmsuk import reporting, tracing


def event():
    """As the library makes one, with all that it would send."""
    frame = {"filename": "views.py", "lineno": 7, "vars": {"email": "'pat@example.org'"}}
    error = {
        "type": "ValueError",
        "value": "no such person: Perdita",
        "stacktrace": {"frames": [frame]},
    }
    return {
        "event_id": "1",
        "level": "error",
        "transaction": "website.views.profile",
        "exception": {"values": [error]},
        "request": {"url": "https://x/verify/secret/", "cookies": {"sessionid": "s"}},
        "user": {"email": "pat@example.org"},
        "breadcrumbs": {"values": [{"message": "Perdita"}]},
        "logentry": {"message": "Perdita"},
        "extra": {"sys.argv": ["Perdita"]},
    }


def test_the_kind_and_the_place_of_an_error_are_sent_with_the_requests_number():
    tracing.current.set("abcd1234")

    sent = reporting.without_people(event(), {})

    tracing.current.set("")
    assert sent == {
        "event_id": "1",
        "level": "error",
        "transaction": "website.views.profile",
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": "",
                    "stacktrace": {"frames": [{"filename": "views.py", "lineno": 7}]},
                }
            ]
        },
        "tags": {"request_id": "abcd1234"},
    }


def test_nobody_is_named():
    sent = json.dumps(reporting.without_people(event(), {}))

    assert [word for word in ("erdita", "pat@", "secret", "sessionid") if word in sent] == []


def test_a_real_error_reaches_the_library_without_anybody_in_it():
    sent = []
    reporting.switch_on("https://key@sentry.example.org/1")
    sentry_sdk.get_client().transport.capture_envelope = sent.append

    sentry_sdk.capture_exception(ValueError("no such person: Perdita"))

    sentry_sdk.init()
    whole = b"".join(envelope.serialize() for envelope in sent)
    assert (b"ValueError" in whole, b"Perdita" in whole) == (True, False)
