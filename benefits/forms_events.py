"""What people type to book an event."""

from typing import Any

from django import forms

from benefits.guests import Guest
from foundation.captcha import CaptchaMixin
from foundation.fields import WordsField


class NeedsForm(forms.Form):
    """For who is signed in: who they are we know, and what they need they may tell."""

    dietary_needs = forms.CharField(
        label="Dietary needs",
        max_length=200,
        required=False,
        help_text="Only if there is a meal and you would like us to know. We forget it a month "
        "after the event.",
    )
    access_needs = WordsField(
        label="What do you need to take part?",
        rows=2,
        max_length=300,
        help_text=(
            "For example step-free access, a hearing loop, or captions. We forget it a month "
            "after the event."
        ),
    )


class GuestForm(CaptchaMixin, NeedsForm):
    """For who is not signed in."""

    given_name = forms.CharField(
        label="First name",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Enter your first name."},
    )
    family_name = forms.CharField(
        label="Last name",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Enter your last name."},
    )
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Your booking and the invoice go there.",
        error_messages={
            "required": "Enter your e-mail address, so that we can write to you.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )
    field_order = (
        "given_name",
        "family_name",
        "email",
        "dietary_needs",
        "access_needs",
        "answer",
        "nickname",
    )

    def guest(self) -> Guest:
        typed: dict[str, Any] = self.cleaned_data
        return Guest(
            given_name=" ".join(typed["given_name"].split()),
            family_name=" ".join(typed["family_name"].split()),
            email=typed["email"],
        )
