"""Made-up contents for every piece that pages are made of, in every state that it has."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from foundation import qr
from foundation.fields import DayMonthYearField, WordsField
from foundation.look import Bar, Moment, Row, Status, Task, Tone
from foundation.papers import Facts, Heading, Paper, QrCode, Table, Words

HERE = "#top"
A_MOMENT = dt.datetime(2026, 5, 4, 10, 30, tzinfo=dt.UTC)
WORDS = {
    Tone.GOOD: "Active until 31 May 2027",
    Tone.WAIT: "We are looking into it",
    Tone.ACT: "Your fee is due",
    Tone.STOP: "Your membership lapsed",
    Tone.PLAIN: "You are not a member yet",
}
PAPER = Paper(
    "Invoice INV-2026-00042",
    (
        Facts((("To", "Alex Sample\n1 Invented Street"), ("Due by", "1 May 2026"))),
        Heading("What it is for"),
        Table(
            "Lines of the invoice",
            ("What", "Pounds"),
            (("Case Manager membership, 12 months", "90.00"),),
            totals=(("Total", "90.00"),),
            figures=1,
        ),
        Words("Thank you.", strong=True),
        QrCode("https://portal.example.org/", "https://portal.example.org/"),
    ),
    foot="This paper is made up.",
)


@dataclass(frozen=True)
class Said:
    """A message of a page, as Django's own are."""

    level_tag: str
    words: str

    def __str__(self) -> str:
        return self.words


class SampleForm(forms.Form):
    """One field of each kind that the portal asks by."""

    name = forms.CharField(label="Your name", error_messages={"required": "Enter your name."})
    email = forms.EmailField(
        label="E-mail address",
        help_text="Answers reach you here.",
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )
    day = DayMonthYearField(
        label="When did it begin?",
        help_text="For example 2 3 2026.",
        error_messages={
            "required": "Enter the day, for example 2 3 2026.",
            "missing": "The day must include a %(parts)s.",
            "invalid": "The day must be a real date, for example 2 3 2026.",
            "year": "The day needs its year in four figures, for example 2026.",
        },
    )
    nation = forms.ChoiceField(
        label="Nation",
        choices=[("", "Choose a nation"), ("WLS", "Wales"), ("SCT", "Scotland")],
        error_messages={"required": "Choose a nation."},
    )
    answer = forms.ChoiceField(
        label="Do you practise?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    areas = forms.MultipleChoiceField(
        label="Areas of expertise",
        choices=[("brain", "Brain injury"), ("spine", "Spinal injury")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one area or more."},
    )
    file = forms.FileField(
        label="A copy of it", error_messages={"required": "Choose a file to send."}
    )
    words = WordsField(rows=3, label="Anything else? (optional)", max_length=200)
    agreed = forms.BooleanField(
        label="I have read the rules", error_messages={"required": "Tick the box to go on."}
    )


def everything() -> dict[str, Any]:
    """For templates/foundation/components.html."""
    return {
        "statuses": [
            *_statuses(),
            Status("With the office", Tone.WAIT, "Nothing is asked of you."),
        ],
        "tones": list(WORDS.items()),
        "tasks": _tasks(),
        "rows": [
            Row("Name", "Alex Sample"),
            Row("Address", "1 Invented Street\nCardiff", HERE),
            Row("Telephone", "", HERE),
        ],
        "moments": _moments(),
        "bars": [
            Bar("Months", 0, 24, "none of 24"),
            Bar("Hours", 1900, 2500, "1,900 of 2,500"),
            Bar("Sent", 40, 40, "40 of 40"),
        ],
        "under_way": Bar("Rows taken in", 1200, 5000, "1,200 of 5,000"),
        "said": [
            Said("success", "Saved. You can come back and go on from any device."),
            Said("info", "Please sign in first."),
            Said("warning", "Some of them were not written to."),
            Said("error", "That could not be read. Please send it again."),
        ],
        "code": qr.code_of("https://portal.example.org/"),
        "page": _middle_page(),
        "empty_form": SampleForm(prefix="empty"),
        "wrong_form": _wrong_form(),
    }


def _statuses() -> list[Status]:
    return [
        Status(words, tone, "What follows stands here.", HERE, f"Do it: {tone.value}")
        for tone, words in WORDS.items()
    ]


def _tasks() -> list[Task]:
    states = {
        Tone.GOOD: "Done",
        Tone.WAIT: "In progress",
        Tone.ACT: "Please answer",
        Tone.STOP: "Refused",
        Tone.PLAIN: "Not started",
    }
    tasks = [Task(f"Section {state.lower()}", HERE, state, tone) for tone, state in states.items()]
    return [
        *tasks,
        Task("With a hint", HERE, "Not started", hint="What it asks for, in a sentence."),
        Task("Without an address", "", "Cannot start yet", hint="Another one comes first."),
    ]


def _moments() -> list[Moment]:
    told = [Moment(A_MOMENT, words, tone=tone) for tone, words in WORDS.items()]
    return [*told, Moment(A_MOMENT.date(), "A day without a clock", "And more about it.")]


def _middle_page() -> Page:
    return Paginator(range(30), 10).page(2)


def _wrong_form() -> SampleForm:
    """Sent with something wrong in every field, and one fault that is of none alone."""
    sent = {"wrong-email": "nobody", "wrong-day_day": "31", "wrong-words": "x" * 201}
    form = SampleForm(sent, prefix="wrong")
    form.is_valid()
    form.add_error(None, "Two of the answers contradict each other. Change one of them.")
    return form
