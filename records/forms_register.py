"""The forms by which a register is opened, shared, handed over and closed."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile

from records import terms
from records.import_file import MOST_BYTES

NUMBER = re.compile(r"(?:CM[- ]?)?0*(?P<digits>[1-9][0-9]{0,7})", re.IGNORECASE)


class RegisterForm(forms.Form):
    """A form that its template wraps in a form tag with a button of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class TermsForm(RegisterForm):
    """Accepting the terms in force."""

    version = forms.CharField(widget=forms.HiddenInput, initial=terms.IN_FORCE)
    accepted = forms.BooleanField(
        label="I have read these terms and accept them",
        error_messages={"required": "Tick the box to accept the terms, or go back."},
    )

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"])
        if version != terms.IN_FORCE:
            # The field is hidden, so the words stand over the whole form.
            self.add_error(None, "The terms have changed since. Read them again, please.")
        return version


class JoinForm(TermsForm):
    """Joining a register, or taking one over."""


class NameForm(RegisterForm):
    """Whom the owner names: both facts, so that neither alone tells who is a member."""

    number = forms.CharField(
        label="Their membership number",
        max_length=12,
        help_text="As it stands on their membership card, for example CM-0042.",
        widget=forms.TextInput(attrs={"class": "input-short"}),
        error_messages={"required": "Enter the membership number of your colleague."},
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="The one they use with us.",
        error_messages={"required": "Enter the e-mail address of your colleague."},
    )

    def clean_number(self) -> int:
        digits = NUMBER.fullmatch(str(self.cleaned_data["number"]).strip())
        if digits is None:
            raise forms.ValidationError("Enter the number as on the card, for example CM-0042.")
        return int(digits["digits"])


class FileForm(RegisterForm):
    """A file of client records."""

    file = forms.FileField(
        label="File",
        help_text="CSV, as Excel and others save it. At most 2 MB and 5,000 rows.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file with your records."},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file has more than 2 MB. Send it in parts.")
        return file


class CloseForm(RegisterForm):
    """The last word before a register is closed."""

    counted = forms.IntegerField(
        label="How many records does the register hold?",
        min_value=0,
        max_value=10_000_000,
        help_text="Enter the number from above, to show that this is the register you mean.",
        widget=forms.NumberInput(attrs={"class": "input-short"}),
        error_messages={
            "required": "Enter the number of records, to close the register.",
            "invalid": "Enter the number of records in figures.",
        },
    )


class OpenForm(TermsForm):
    """Accepting the terms; the first time, with the name of the firm."""

    name = forms.CharField(
        label="Name of your organisation",
        max_length=120,
        required=False,
        help_text="Shown to the members you share the register with. You may leave it empty.",
    )
    field_order = ("name", "version", "accepted")

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not opens:
            del self.fields["name"]
