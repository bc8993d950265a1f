"""What the office types when it decides: each form knows the reasons that go into the letter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from foundation.fields import WordsField
from membership import steps
from membership.admin.forms import OfficeForm
from membership.lines import Line, overridden
from membership.models import Appeal, Application
from membership.types import MembershipType


class ApproveForm(OfficeForm):
    """A written reason for each line that is open; without one there is nothing to fill in."""

    def __init__(
        self, *args: Any, open_lines: Sequence[Line], may_override: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.open_lines, self.may_override = open_lines, may_override
        for line in open_lines:
            self.fields[_name(line)] = _reason_for(line)

    def clean(self) -> dict[str, Any] | None:
        if not self.may_be_sent:
            raise forms.ValidationError(
                "Finish what is open first. Approving without it needs the permission "
                "“Can approve with a check left open”."
            )
        return super().clean()

    @property
    def may_be_sent(self) -> bool:
        """Judging what the rules leave to a person needs no more than the right to decide."""
        return self.may_override or not overridden(self.open_lines)

    def reasons(self) -> Mapping[str, str]:
        """By the code of the line."""
        return {line.code: self.cleaned_data[_name(line)] for line in self.open_lines}


class DeclineForm(OfficeForm):
    reason = WordsField(
        label="Why, in words for the applicant",
        rows=6,
        help_text="The applicant reads this. Say which criterion is not met, and what would help.",
        missing="Write down why: the applicant is told.",
    )


class AskForm(OfficeForm):
    """One box a section of the application; each that is filled in reopens its section."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in steps.needed_by(application):
            self.fields[step.key] = WordsField(label=step.title, rows=2)

    def clean(self) -> dict[str, Any] | None:
        if not self.items():
            raise forms.ValidationError(
                "Write down what you need, in the box of the section where it belongs."
            )
        return super().clean()

    def items(self) -> Mapping[str, str]:
        """What is asked for, by section."""
        return {name: words for name, words in self.cleaned_data.items() if words}


class OfferForm(OfficeForm):
    type = forms.ChoiceField(
        label="Which type do you offer?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the type that you offer."},
    )
    reason = WordsField(
        label="Why, in words for the applicant",
        rows=4,
        help_text="The applicant reads this. Say why the type applied for does not fit.",
        missing="Write down why: the applicant is told.",
    )

    def __init__(
        self,
        *args: Any,
        types: Sequence[MembershipType],
        suggested: MembershipType | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_be_sent = bool(types)
        self.initial["type"] = suggested or next(iter(types), None)
        field = self.fields["type"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in types]


class AppealForm(OfficeForm):
    """The answer to somebody who asked for a review."""

    outcome = forms.ChoiceField(
        label="Does the decision stand?",
        choices=Appeal.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the decision stands."},
    )
    answer = WordsField(
        label="Why, in words for the applicant",
        rows=6,
        help_text="The applicant reads this.",
        missing="Write down why: the applicant is told.",
    )

    def said(self) -> tuple[Appeal.Outcome, str]:
        """What becomes of the decision, and the words for the applicant."""
        return Appeal.Outcome(self.cleaned_data["outcome"]), self.cleaned_data["answer"]


def _name(line: Line) -> str:
    return f"reason_{line.code.replace(':', '_')}"


def _reason_for(line: Line) -> forms.CharField:
    words = line.words.rstrip(".")
    question = "Your judgement" if line.is_judgement else "Why do you go on although this is open"
    return WordsField(
        label=f"{question}: {words}",
        rows=3,
        missing="Write down why: it is kept with your name.",
    )
