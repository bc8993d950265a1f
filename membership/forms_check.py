"""The last page: accept the rules and send."""

from typing import Any

from django import forms

from membership import statements
from membership.forms import required


class SendForm(forms.Form):
    accepted = forms.BooleanField(
        error_messages=required("Tick the box to accept the membership rules."),
    )

    def __init__(self, *args: Any, version: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accepted"].label = statements.rules_words(version)
