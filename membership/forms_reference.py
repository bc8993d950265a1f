"""What a referee is asked, one question a page."""

from itertools import pairwise
from typing import Any

from django import forms
from django.http import QueryDict

from foundation.fields import WordsField
from foundation.look import Row
from membership.forms import mend_words, required
from membership.models import Referee

QUESTIONS = {
    "known-for": "known_for",
    "capacity": "capacity",
    "opinion": "opinion",
    "concerns": "concerns",
    "may-call": "may_call",
}


class ReferenceForm(forms.Form):
    """What a referee is asked. Nothing here needs an account."""

    known_for = forms.CharField(
        label="How long have you known them?",
        max_length=200,
        help_text="For example: four years, or since 2019.",
        error_messages=required("Enter how long you have known them, for example “four years”."),
    )
    capacity = forms.CharField(
        label="In what capacity?",
        max_length=300,
        help_text="For example: as their manager, or as a colleague on the same team.",
        error_messages=required("Enter how you know them, for example “as their manager”."),
    )
    opinion = WordsField(
        label="What can you say of their suitability for membership?",
        rows=8,
        max_length=5000,
        help_text="Please leave out names and details of clients.",
        missing="Write a few words about their suitability.",
    )
    concerns = WordsField(
        label="Do you have any concerns that the society should know of?",
        rows=4,
        max_length=5000,
        help_text="Leave this empty if you have none.",
    )
    may_call = forms.TypedChoiceField(
        label="May the office call you about this reference?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda code: code == "yes",
        widget=forms.RadioSelect,
        error_messages=required("Choose whether the office may call you."),
    )

    def clean_known_for(self) -> str:
        """Four of what? The office reads it without the referee beside it."""
        said: str = self.cleaned_data["known_for"].strip()
        if said.isdecimal() and len(said) < len("2019"):
            raise forms.ValidationError(
                f"Say whether these are years or months, for example “{said} years”."
            )
        return said

    def __init__(self, data: Any = None, *, initial: Any = None, only: str = "") -> None:
        """With `only`, the form is the page of that one question."""
        super().__init__(data, initial=initial)
        for name, field in list(self.fields.items()):
            mend_words(field)
            if only and name != only:
                del self.fields[name]


def answers_of(referee: Referee) -> dict[str, str]:
    """What this referee has answered so far, as a form is given it."""
    may_call = {None: "", True: "yes", False: "no"}[referee.may_call]
    texts = {name: getattr(referee, name) for name in QUESTIONS.values() if name != "may_call"}
    return {**texts, "may_call": may_call}


def first_open(referee: Referee) -> str | None:
    """The question to go on with; None once only checking is left.

    Concerns may be left empty: they count as asked once the question after them is answered.
    """
    said = answers_of(referee)
    passed = {"concerns"} if said["may_call"] else set()
    return next(
        (key for key, name in QUESTIONS.items() if not said[name] and name not in passed), None
    )


def next_after(key: str) -> str | None:
    keys = list(QUESTIONS)
    return dict(pairwise(keys)).get(key)


def before(key: str) -> str:
    """The page that the way back leads to; the first question comes after the opening page."""
    keys = list(QUESTIONS)
    place = keys.index(key)
    return f"{keys[place - 1]}/" if place else ""


def rows(referee: Referee, link: str) -> list[Row]:
    """All answers, each with the page that changes it; `link` is the page of the whole."""
    said = answers_of(referee)
    said["concerns"] = said["concerns"] or "None"
    said["may_call"] = said["may_call"].capitalize()
    asked = ReferenceForm().fields
    return [
        Row(str(asked[name].label), said[name], f"{link}{key}/?next=check")
        for key, name in QUESTIONS.items()
    ]


def as_sent(referee: Referee) -> ReferenceForm:
    """The whole reference once more through the same questions, before it is sent."""
    typed = QueryDict(mutable=True)
    typed.update(answers_of(referee))
    return ReferenceForm(typed)
