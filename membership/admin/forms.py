"""What the office types when it checks; `forms_deciding` has what it decides by."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from foundation.fields import WordsField
from membership import checks
from membership.models import Registration, User
from membership.referees import Answer


class OfficeForm(forms.Form):
    """Labels of the office's pages are questions and need no colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ReasonForm(OfficeForm):
    """A step that needs nothing but its reason, which is kept with a name."""

    reason = WordsField(
        rows=4,
        help_text="Kept with your name and the time. The member does not read it here.",
        missing="Write down why: the reason is kept with your name.",
    )

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text or self.fields["reason"].help_text


class DeathForm(OfficeForm):
    died_on = forms.DateField(
        label="On which day did they die?",
        help_text="If you know no exact day, enter the day on which you heard of it.",
        error_messages={
            "required": "Enter the day, for example 31/08/2026.",
            "invalid": "Enter a date such as 31/08/2026.",
        },
    )


class ConfirmForm(OfficeForm):
    """A step that is confirmed and asks for nothing."""


class RegisterForm(OfficeForm):
    """What the public register says today."""

    status = forms.ChoiceField(
        label="What does the register say?",
        choices=[
            choice
            for choice in Registration.Status.choices
            if choice[0] != Registration.Status.UNCHECKED
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the register says."},
    )
    same_name = forms.BooleanField(label="The register shows the very name above", required=False)
    shown_name = forms.CharField(
        label="Or: the name that the register shows",
        help_text="As it stands there. Initials, accents and the order make no difference.",
        max_length=160,
        required=False,
    )
    name_reason = forms.CharField(
        label="If it is another name: why is it the same person?",
        help_text="For example “maiden name, marriage certificate seen”. Kept with your name.",
        max_length=300,
        required=False,
    )
    expires_on = forms.DateField(
        label="Current until",
        help_text="If the register shows a date, for example 31/08/2027.",
        required=False,
        error_messages={"invalid": "Enter a date such as 31/08/2027, or leave it empty."},
    )

    def clean(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        is_named = given.get("same_name") or given.get("shown_name")
        if given.get("status") in checks.NAMED_IN_REGISTER and not is_named:
            self.add_error(
                "shown_name", "Type the name that the register shows, or tick that it is the same."
            )
        return super().clean()

    def keep(self, registration: Registration, *, by: User, at: dt.datetime) -> bool:
        """Take the check down; False, with the reason at its field, where the name differs."""
        given = self.cleaned_data
        same = registration.person.name if given["same_name"] else ""
        try:
            checks.record_register_check(
                registration_id=registration.pk,
                status=given["status"],
                shown_name=given["shown_name"] or same,
                name_reason=given["name_reason"],
                expires_on=given["expires_on"],
                by=by,
                on=timezone.localdate(at),
                at=at,
            )
        except checks.NameDiffers as refused:
            self.add_error("name_reason", str(refused))
            return False
        return True


class ReferenceForm(OfficeForm):
    """A reference that came by post or telephone."""

    known_for = forms.CharField(
        label="How long have they known the applicant?",
        max_length=200,
        error_messages={"required": "Write down how long, for example “four years”."},
    )
    capacity = forms.CharField(
        label="In what capacity?",
        max_length=300,
        error_messages={"required": "Write down in what capacity, for example “their manager”."},
    )
    opinion = WordsField(
        label="What they say",
        rows=4,
        missing="Write down what they say of the applicant.",
    )
    concerns = WordsField(label="Concerns, if any", rows=3)
    may_call = forms.BooleanField(label="We may call them", required=False)

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)
