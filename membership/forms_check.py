"""The last page: accept the rules and send."""

from typing import Any

from django import forms

from membership.forms import required


class SendForm(forms.Form):
    """Refused while sections are left; the page says which."""

    accepted = forms.BooleanField(
        error_messages=required("Tick the box to accept the membership rules."),
    )

    def __init__(self, *args: Any, left: list[Any], version: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        self.fields["accepted"].label = (
            f"I accept the Articles of Association and the Membership Rules ({version}), and what "
            "I have written is true"
        )

    def clean(self) -> None:
        super().clean()
        if self.left:
            names = ", ".join(step.title for step in self.left)
            raise forms.ValidationError(f"Finish these sections before you send: {names}.")
