"""Keeps machines out of public forms without shutting anybody out.

A question in plain words, an empty field that people do not see, and a least time between
showing and sending. None of it needs script, sight of a picture, or another host. Where script
runs, the browser solves a puzzle instead, and its reader is not asked.
"""

import datetime as dt
import hashlib
import secrets
import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import QueryDict
from django.utils import timezone

from foundation import puzzle

QUESTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("What colour is a ripe banana?", frozenset({"yellow"})),
    ("How many days are in a week?", frozenset({"7", "seven"})),
    ("Which of these is an animal: chair, horse, spoon?", frozenset({"horse", "a horse"})),
    ("What is two plus three?", frozenset({"5", "five"})),
    ("Which is bigger: a mouse or a house?", frozenset({"house", "a house", "the house"})),
    ("What is the last letter of the word “tea”?", frozenset({"a"})),
)
LEAST_SECONDS = 2
LASTS = dt.timedelta(hours=12)
_SALT = "cmsuk.captcha"
UNANSWERED = "Answer the question, in figures or in words."


class CaptchaMixin(forms.Form):
    """Adds `question_token`, `answer` and the trap field `nickname` to a public form."""

    question_token = forms.CharField(widget=forms.HiddenInput, required=False)
    nickname = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    answer = forms.CharField(
        label="A question to keep machines out",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": UNANSWERED},
    )

    class Media:
        js = (Script("puzzle.js", defer=True),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._proof = str(self.data.get(self.add_prefix("proof"), "")) if self.is_bound else ""
        self._is_solved = puzzle.is_solved(self._proof)
        self._number, self._shown_at = self._asked()
        if self._shown_at is None:
            self._ask_anew()
        self.fields["answer"].label = QUESTIONS[self._number][0]
        self.fields["answer"].help_text = "This keeps machines out. Figures or words will do."
        self.fields["question_token"].widget.attrs["data-puzzle"] = puzzle.pose(at=timezone.now())
        # The trap is out of sight and of the reading order; people never meet it.
        self.fields["nickname"].widget.attrs["aria-hidden"] = "true"

    def full_clean(self) -> None:
        """Nobody has to answer the question whose browser has solved the puzzle."""
        self.fields["answer"].required = not self._is_solved
        super().full_clean()
        self.fields["answer"].required = True

    def sent_once(self) -> str:
        """A mark that is the same when one page is sent twice, and else never."""
        typed = [f"{name}={self.cleaned_data[name]}" for name in sorted(self.cleaned_data)]
        return hashlib.sha256("\n".join(typed).encode()).hexdigest()

    def _ask_anew(self) -> None:
        """Sign a fresh question into the page, also where the posted one was lost."""
        token = signing.dumps([self._number, time.time()], salt=_SALT)
        self.initial["question_token"] = token
        if self.is_bound:
            posted = QueryDict(mutable=True)
            posted.update(self.data)
            posted[self.add_prefix("question_token")] = token
            self.data = posted

    def _asked(self) -> tuple[int, float | None]:
        token = self.data.get(self.add_prefix("question_token"), "") if self.is_bound else ""
        try:
            number, shown_at = signing.loads(token, salt=_SALT, max_age=LASTS)
            return int(number) % len(QUESTIONS), float(shown_at)
        except (signing.BadSignature, TypeError, ValueError):
            return secrets.randbelow(len(QUESTIONS)), None

    def clean_answer(self) -> str:
        answer = str(self.cleaned_data["answer"]).strip().strip(".").casefold()
        if self._is_solved:
            return answer
        if answer not in QUESTIONS[self._number][1]:
            raise ValidationError("That is not the answer we expected. Please try once more.")
        return answer

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("nickname"):
            raise ValidationError("The field that must stay empty was filled. Please empty it.")
        if self._shown_at is None:
            raise ValidationError("This page was open for a long time. Please send it once more.")
        if not self.errors and time.time() - self._shown_at < LEAST_SECONDS:
            raise ValidationError("That was very quick. Please check your answers and send again.")
        if self._is_solved and not self.errors:
            self._refuse_what_was_solved_for_another()
        return cleaned

    def _refuse_what_was_solved_for_another(self) -> None:
        """One puzzle is good for one message, however often that is sent."""
        if not puzzle.is_first_use(self._proof, self.sent_once()):
            self.add_error("answer", UNANSWERED)
