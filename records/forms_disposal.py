"""The forms of destruction: who signs second, what became of the file, which certificate."""

import datetime as dt
from typing import Any

from django import forms

from foundation.fields import WordsField
from records import pseudonyms
from records.disposal.proposing import Second
from records.disposal_words import EXEMPT, METHODS
from records.forms import DayField, PlainForm
from records.models import Disposal
from records.words import choices

Way = Disposal.Way
WAYS = {
    Way.COLLEAGUE: "Another member named in this register",
    Way.WITNESS: "A witness from outside, by e-mail (if you work alone)",
    Way.OFFICER: "An officer of the society",
}


class SecondForm(PlainForm):
    """Who signs second."""

    way = forms.ChoiceField(
        label="Who signs second?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who signs second."},
    )
    witness_name = forms.CharField(
        label="Name of the witness",
        max_length=120,
        required=False,
        help_text="Only for a witness. Somebody other than you, whom you trust.",
    )
    witness_email = forms.EmailField(
        label="E-mail address of the witness",
        required=False,
        help_text=(
            "Only for a witness. They get a link that works once, and see reference, dates and "
            "rule of each record, and nothing else."
        ),
        error_messages={"invalid": "Enter an address such as name@example.org."},
    )
    shows_names = forms.BooleanField(
        label="Let the officer see my name and the references",
        required=False,
        help_text=(
            "Only for an officer. Without this the society sees how many records there are, "
            "their dates and rules, as it always does: the officer then vouches for the rules "
            "alone, and cannot know the files."
        ),
    )

    def __init__(self, *args: Any, has_colleagues: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in WAYS if has_colleagues or way != Way.COLLEAGUE]
        field = self.fields["way"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(way.value, WAYS[way]) for way in ways]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("way") == Way.WITNESS:
            if not typed.get("witness_name"):
                self.add_error("witness_name", "Enter the name of the witness.")
            if not typed.get("witness_email") and "witness_email" not in self.errors:
                self.add_error("witness_email", "Enter the e-mail address of the witness.")
        return typed

    def second(self) -> Second:
        typed = self.cleaned_data
        way = Way(typed["way"])
        if way == Way.WITNESS:
            return Second(way, typed["witness_name"], typed["witness_email"].lower())
        return Second(way, shows_names=way == Way.OFFICER and typed["shows_names"])


class ProposeForm(SecondForm):
    """The first signature."""

    because = WordsField(
        label="Why is it no longer needed?",
        rows=3,
        max_length=1000,
        help_text=(
            "For whoever of your register signs second; it is forgotten once they have. Name "
            "nobody."
        ),
        missing="Say why it is no longer needed.",
    )
    looked = forms.BooleanField(
        label=(
            "I have looked at each file, and nobody needs it for care, for a complaint or claim, "
            "or for business."
        ),
        error_messages={"required": "Confirm that you have looked at each file."},
    )
    field_order = ("because", "way", "witness_name", "witness_email", "shows_names", "looked")

    def clean_because(self) -> str:
        because = str(self.cleaned_data["because"]).strip()
        found = pseudonyms.identifier(because)
        if found:
            raise forms.ValidationError(
                f"The reason has what looks like {found} in it. Leave it out."
            )
        return because


class SignForm(PlainForm):
    """The second signature."""

    agrees = forms.BooleanField(
        label="I agree that these records may be destroyed.",
        error_messages={"required": "Tick the box if you agree; otherwise say that you do not."},
    )


class FileForm(PlainForm):
    """What became of the file itself."""

    method = forms.ChoiceField(
        label="How was the file destroyed?",
        choices=choices(METHODS),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the file was destroyed."},
    )
    destroyed_on = DayField(label="Day it was destroyed", required=True)
    exempt = forms.MultipleChoiceField(
        label="What was kept all the same?",
        choices=list(EXEMPT.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave it empty if nothing was.",
    )

    def typed_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["destroyed_on"]
        return day


class ReferenceForm(PlainForm):
    """The owner's own reference, which the portal no longer has."""

    reference = forms.CharField(
        label="Your reference of the record",
        max_length=40,
        help_text="It is compared and not kept.",
        error_messages={"required": "Enter the reference of the record."},
    )

    def clean_reference(self) -> str:
        return pseudonyms.tidy(self.cleaned_data["reference"])
