"""What members say of their work, and where they work."""

import re
from dataclasses import asdict, dataclass, fields
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from directory.contact_details import kind_of_detail
from directory.forms_search import NOT_IN_THE_LIST, place_of
from directory.models import LONGEST_RADIUS_MILES, Listing, Outcode
from directory.publishing import Consents, Shown
from directory.vocabulary import Vocabulary
from directory.wording import one_line
from foundation.fields import DayMonthYearField, WordsField
from membership.forms import number_input

ALWAYS_OPEN = ("Nations", "Regions")


@dataclass(frozen=True)
class AreaBox:
    """One box to tick."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class AreaGroup:
    """The boxes of one nation or region."""

    name: str
    boxes: list[AreaBox]

    @property
    def is_open(self) -> bool:
        return self.name in ALWAYS_OPEN or any(box.is_chosen for box in self.boxes)


class MilesField(forms.IntegerField):
    """Whole miles, typed as people write them: “20”, “20 miles” or “20mi”."""

    def to_python(self, value: Any) -> int | None:
        typed = str("" if value is None else value).strip().lower()
        number: int | None = super().to_python(re.sub(r"(?<=\d)\s*mi(les?)?\.?$", "", typed))
        return number


class ListingForm(forms.Form):
    """What a member shows to the public, and where they work."""

    public_name = forms.CharField(
        label="Name to show",
        max_length=120,
        help_text="The public reads this name, and it becomes part of the page's address.",
        error_messages={"required": "Enter the name that the public should read."},
    )
    about = WordsField(
        label="About your work",
        rows=6,
        max_length=1500,
        help_text="Leave out addresses and telephone numbers: people write to you through us.",
    )
    taking_cases = forms.BooleanField(label="I am taking new cases", required=False)
    taking_again_on = DayMonthYearField(
        label="If not: from which day again?",
        required=False,
        help_text="Leave it empty if you do not know. From that day you are shown as taking cases.",
    )
    shows_town = forms.BooleanField(label="The nearest large town", required=False)
    shows_registration = forms.BooleanField(
        label="My regulator, and the day on which the office checked its register", required=False
    )
    shows_photo = forms.BooleanField(label="My photo", required=False)
    in_search_engines = forms.BooleanField(
        label="My page may be found by search engines", required=False
    )
    base = forms.CharField(
        label="Postcode or town you travel from",
        required=False,
        max_length=40,
        help_text="We keep its first part only, and show no more than the nearest large town.",
    )
    radius_miles = MilesField(
        label="Miles you travel from there",
        required=False,
        min_value=1,
        max_value=LONGEST_RADIUS_MILES,
        widget=number_input(),
        error_messages={
            "invalid": "Enter the miles as a whole number, for example 40.",
            "min_value": "Enter at least 1 mile.",
            "max_value": f"Enter at most {LONGEST_RADIUS_MILES} miles, or choose areas below.",
        },
    )
    areas = forms.MultipleChoiceField(
        label="Areas you work in",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=NOT_IN_THE_LIST,
    )

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = vocabulary.areas
        cast("forms.MultipleChoiceField", self.fields["areas"]).choices = self._areas

    def clean_public_name(self) -> str:
        return _without_contact_details(self.cleaned_data["public_name"])

    def clean_about(self) -> str:
        return _without_contact_details(self.cleaned_data["about"])

    def clean_base(self) -> Outcode | None:
        return place_of(self.cleaned_data["base"])

    def clean(self) -> None:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return
        base, miles, areas = cleaned["base"], cleaned["radius_miles"], cleaned["areas"]
        if base and not miles:
            self.add_error("radius_miles", "Enter how many miles you travel from there.")
        if miles and not base:
            self.add_error("base", "Enter the postcode or town that you travel from.")
        if not base and not areas:
            self.add_error("areas", "Choose at least one area, or enter where you travel from.")

    def area_groups(self) -> list["AreaGroup"]:
        """The choices as they are shown: groups that fold, open where something is chosen."""
        chosen = set(self["areas"].value() or [])
        return [
            AreaGroup(
                name=str(group),
                boxes=[AreaBox(code, label, code in chosen) for code, label in choices],
            )
            for group, choices in self._areas
        ]

    def shown(self) -> Shown:
        written = self.cleaned_data
        consents = Consents(**{each.name: written[each.name] for each in fields(Consents)})
        return Shown(
            public_name=one_line(written["public_name"]),
            about=written["about"],
            taking_cases=written["taking_cases"],
            area_codes=tuple(written["areas"]),
            base=written["base"],
            radius_miles=written["radius_miles"],
            taking_again_on=written["taking_again_on"],
            consents=consents,
        )


class PauseForm(forms.Form):
    """Until when a listing is hidden."""

    until = DayMonthYearField(
        label="Show me again from",
        error_messages={"required": "Enter the day from which you want to be shown again."},
    )


class PhotoForm(forms.Form):
    """A picture to add or to put in the place of the one before."""

    photo = forms.FileField(
        label="Photo",
        help_text="A JPEG or PNG of your face. We cut it square and keep nothing else of the file.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={
            "required": "Choose a photo first.",
            "empty": "The file is empty. Choose another one.",
        },
    )


def as_written(listing: Listing | None, *, name: str) -> dict[str, Any]:
    """Return what the editor starts from: the listing, or the person's own name."""
    if listing is None:
        return {"public_name": name, "taking_cases": True, **asdict(Consents())}
    return {
        "public_name": listing.public_name,
        "about": listing.about,
        "taking_cases": listing.taking_cases,
        "taking_again_on": listing.taking_again_on,
        **{each.name: getattr(listing, each.name) for each in fields(Consents)},
        "base": listing.base_id or "",
        "radius_miles": listing.radius_miles,
        "areas": list(listing.areas.values_list("pk", flat=True)),
    }


def _without_contact_details(text: str) -> str:
    found = kind_of_detail(text)
    if found:
        raise ValidationError(
            f"This holds what looks like {found}. Please take it out: the public reads this, "
            "and people write to you through the site."
        )
    return text
