"""A puzzle that a browser solves, so that nobody is asked: one for a message, and ours alone."""

import datetime as dt
import json

import pytest
import time_machine
from altcha import Challenge, Payload, solve_challenge
from django.utils import timezone

from foundation import puzzle
from foundation.captcha import UNANSWERED
from tests.foundation.test_captcha import posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quickly_solved(monkeypatch):
    monkeypatch.setattr(puzzle, "ROUNDS", 1)


def solved(posed: str) -> str:
    challenge = Challenge.from_dict(json.loads(posed))
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def a_proof() -> str:
    return solved(puzzle.pose(at=timezone.now()))


def unanswered(**changes):
    return posted(answer="", **changes)


def test_nobody_is_asked_whose_browser_solved_the_puzzle_of_the_page():
    form = unanswered(proof=solved(posted()["question_token"].field.widget.attrs["data-puzzle"]))

    assert form.is_valid()


def test_without_it_the_question_is_asked():
    form = unanswered()

    assert form.errors == {"answer": [UNANSWERED]}
    assert form.fields["answer"].required


@pytest.mark.parametrize("proof", ["", "e30=", "no base 64", "W10=", "x" * 3000, "bnVsbA=="])
def test_what_is_no_answer_to_it_does_not_do(proof):
    assert unanswered(proof=proof).errors == {"answer": [UNANSWERED]}


def test_a_wrong_number_does_not_do():
    challenge = Challenge.from_dict(json.loads(puzzle.pose(at=timezone.now())))
    solution = solve_challenge(challenge)
    solution.counter += 1

    assert not puzzle.is_solved(Payload(challenge, solution).to_base64())


def test_an_easier_puzzle_that_somebody_made_up_does_not_do():
    told = json.loads(puzzle.pose(at=timezone.now()))
    told["parameters"]["keyPrefix"] = ""

    assert not puzzle.is_solved(solved(json.dumps(told)))


@pytest.mark.parametrize(("seconds", "holds"), [(-1, True), (1, False)])
def test_it_is_good_for_half_a_day(seconds, holds):
    proof = a_proof()

    with time_machine.travel(timezone.now() + puzzle.LASTS + dt.timedelta(seconds=seconds)):
        assert puzzle.is_solved(proof) is holds


def test_one_answer_is_good_for_one_message_however_often_that_is_sent():
    proof, token = a_proof(), posted().data["question_token"]

    first = unanswered(proof=proof, question_token=token)
    again = unanswered(proof=proof, question_token=token)
    other = unanswered(proof=proof, question_token=token, words="Buy this")

    assert (first.is_valid(), again.is_valid()) == (True, True)
    assert other.errors == {"answer": [UNANSWERED]}


def test_what_was_sent_with_a_mistake_takes_the_answer_with_it_when_mended():
    proof, token = a_proof(), posted().data["question_token"]

    mistaken = unanswered(proof=proof, question_token=token, words="")
    mended = unanswered(proof=proof, question_token=token)

    assert (mistaken.is_valid(), mended.is_valid()) == (False, True)


def test_the_trap_and_the_least_time_hold_as_well():
    trapped = unanswered(proof=a_proof(), nickname="robot")
    hasty = unanswered(proof=a_proof(), age=0)

    assert (trapped.is_valid(), hasty.is_valid()) == (False, False)
