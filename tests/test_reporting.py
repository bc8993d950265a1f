"""What is told to Sentry of an error, and what is not."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

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


def test_an_address_of_sentry_without_its_library_stops_the_start(monkeypatch):
    monkeypatch.setattr(reporting, "LIBRARY", "a_library_that_is_not_there")

    with pytest.raises(ImproperlyConfigured, match="sentry-sdk is not installed"):
        reporting.switch_on("https://key@sentry.example.org/1")
