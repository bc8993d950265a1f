"""The question that keeps machines out, and lets people in."""

import time

import pytest
import time_machine
from django import forms
from django.core import signing
from django.http import QueryDict
from django.template import Context, Template

from foundation.captcha import LASTS, LEAST_SECONDS, QUESTIONS, CaptchaMixin


class Hello(CaptchaMixin, forms.Form):
    words = forms.CharField()


def posted(number=0, age=60.0, **changes):
    data = QueryDict(mutable=True)
    data.update(
        {
            "words": "Hello",
            "question_token": signing.dumps([number, time.time() - age], salt="cmsuk.captcha"),
            "answer": min(QUESTIONS[number][1]),
            "nickname": "",
            **changes,
        }
    )
    return Hello(data)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_every_question_takes_each_of_its_answers(number):
    for answer in QUESTIONS[number][1]:
        assert posted(number, answer=f" {answer.upper()}. ").is_valid()


def test_a_wrong_answer_keeps_the_question_and_what_was_typed():
    form = posted(1, answer="nine")

    assert form.errors == {"answer": ["That is not the answer we expected. Please try once more."]}
    assert form.fields["answer"].label == QUESTIONS[1][0]
    assert 'value="Hello"' in str(form["words"])


def test_the_answer_of_another_question_does_not_do():
    assert not posted(0, answer=min(QUESTIONS[1][1])).is_valid()


def test_the_trap_stops_who_fills_everything():
    form = posted(nickname="robot")

    assert form.non_field_errors() == [
        "The field that must stay empty was filled. Please empty it."
    ]


@pytest.mark.parametrize(("age", "fine"), [(LEAST_SECONDS - 0.5, False), (LEAST_SECONDS, True)])
def test_nobody_types_that_fast(age, fine):
    with time_machine.travel(1_800_000_000, tick=False):
        assert posted(age=age).is_valid() is fine


def test_beside_what_is_missing_nothing_is_said_of_haste():
    with time_machine.travel(1_800_000_000, tick=False):
        assert posted(age=0, words="").errors == {"words": ["This field is required."]}


def test_a_page_that_was_open_for_too_long_is_asked_anew_and_keeps_the_words():
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        form = posted(age=0)
        token = form.data["question_token"]
        traveller.shift(LASTS.total_seconds() + 1)
        late = Hello(form.data)

        assert late.non_field_errors() == [
            "This page was open for a long time. Please send it once more."
        ]
        assert late["question_token"].value() != token
        assert 'value="Hello"' in str(late["words"])


def test_a_token_that_somebody_made_up_is_worthless():
    form = posted(question_token=signing.dumps([0, 1.0], salt="another"))

    assert not form.is_valid()


def test_a_page_sent_twice_carries_one_mark_and_a_changed_page_another():
    first = posted(question_token=(token := posted().data["question_token"]))
    again = posted(question_token=token)
    changed = posted(question_token=token, words="Hello again")

    assert first.is_valid()
    assert again.is_valid()
    assert changed.is_valid()
    assert first.sent_once() == again.sent_once()
    assert first.sent_once() != changed.sent_once()


def test_the_trap_is_hidden_from_sight_and_from_screen_readers():
    page = Template("{% load crispy_forms_tags %}{{ form|crispy }}")

    html = page.render(Context({"form": Hello()}))

    assert 'class="field visually-hidden" aria-hidden="true"' in html
    assert html.count("visually-hidden") == 1
