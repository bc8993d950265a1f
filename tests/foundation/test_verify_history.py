"""The command that checks the history."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation import history
from tests.factories import A_MOMENT
from tests.foundation.tampering import tampered

pytestmark = pytest.mark.django_db


def run() -> tuple[list[dict], str]:
    out = StringIO()
    try:
        call_command("verify_history", stdout=out)
    except CommandError as error:
        return json.loads(out.getvalue()), str(error)
    return json.loads(out.getvalue()), ""


def test_an_untouched_history_has_no_faults():
    history.record("a subject", "came", at=A_MOMENT, by=None)

    assert run() == ([], "")


def test_an_empty_history_has_no_faults():
    assert run() == ([], "")


def test_each_fault_is_listed_and_the_command_fails():
    for verb in ("came", "left"):
        history.record("a subject", verb, at=A_MOMENT, by=None, text="word")

    with tampered("UPDATE foundation_event SET text = 'another word' WHERE number = 1"):
        faults, sentence = run()

    fault = {"subject_key": "a subject", "number": 1, "words": "the text was changed"}
    assert faults == [fault]
    assert sentence == "1 fault in the history: it was changed outside the portal."
