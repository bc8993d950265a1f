"""What an applicant answers to the office: to an offer, and to a decision."""

from typing import Any

from django import forms

from foundation.fields import WordsField
from membership.forms import required


class OfferForm(forms.Form):
    """Yes or no to another type; `pence` is the fee that the page showed."""

    answer = forms.ChoiceField(
        label="Do you want this membership?",
        widget=forms.RadioSelect,
        error_messages=required("Choose whether you want this membership."),
    )
    pence = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: str, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("agree", f"Agree: I want {offered} membership"),
                ("no", f"No thank you: look at my application for {wanted} again"),
            ]

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["answer"] == "agree")


class AppealForm(forms.Form):
    reasons = WordsField(
        label="Why should we look again?",
        rows=8,
        help_text="Say what we have overlooked or misunderstood.",
        max_length=4000,
        missing="Write down why we should look again.",
    )
