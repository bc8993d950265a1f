"""What members tell after joining: areas they ask for, a registration that is new."""

from typing import Any

from django import forms

from foundation.fields import WordsField
from membership import further_areas
from membership.forms import mend_words
from membership.forms_dates import RegistrationForm as UntilForm
from membership.forms_registration import RegistrationForm
from membership.models import Application, Person


class FurtherAreasForm(forms.Form):
    """Areas that somebody does not have yet, and why they would fit."""

    areas = forms.MultipleChoiceField(
        label="Which areas would you like to add?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose one area or more.",
            "invalid_choice": "One of the areas is not offered, or is yours already. Choose again.",
        },
    )
    words = WordsField(
        rows=4,
        max_length=1000,
        label="What is your experience in them? (optional)",
        help_text="Please leave out names of clients and medical details.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = further_areas.not_held(person)
        self.fields["areas"].choices = [  # type: ignore[attr-defined]
            (area.pk, area.label) for area in offered
        ]
        mend_words(self.fields["words"])


class FurtherRegistrationForm(UntilForm, RegistrationForm):
    """Profession, body and number as in an application, and until when it runs."""

    field_order = ("profession", "body", "number", "date")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        del self.fields["associations"]
        self.order_fields(self.field_order)
