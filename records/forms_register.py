"""The forms by which a register is opened, shared, handed over and closed."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from records import terms


class RegisterForm(forms.Form):
    """A form that its template wraps in a form tag with a button of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class OpenForm(RegisterForm):
    """Accepting the terms; the first time, with the name of the firm."""

    name = forms.CharField(
        label="Name of your organisation",
        max_length=120,
        required=False,
        help_text="Shown to the members you share the register with. You may leave it empty.",
    )
    version = forms.CharField(widget=forms.HiddenInput, initial=terms.IN_FORCE)
    accepted = forms.BooleanField(
        label="I have read these terms and accept them for my organisation",
        error_messages={"required": "Tick the box to accept the terms, or go back."},
    )

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not opens:
            del self.fields["name"]

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"])
        if version != terms.IN_FORCE:
            # The field is hidden, so the words stand over the whole form.
            self.add_error(None, "The terms have changed since. Read them again, please.")
        return version
