"""What purchasers search by and write, and what members say of their work."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from phonenumber_field.formfields import PhoneNumberField

from directory.contact_details import kind_of_detail
from directory.enquiries import Message
from directory.models import LONGEST_RADIUS_MILES, Listing, Outcode
from directory.places import place
from directory.postcodes import UnplaceablePostcode
from directory.publishing import Shown
from directory.search import Filters
from directory.vocabulary import Vocabulary
from directory.widening import MILES
from foundation.captcha import CaptchaMixin

ALWAYS_OPEN = ("Nations", "Regions")
NOT_IN_THE_LIST = {"invalid_choice": "We do not know that choice. Choose one from the list."}


def place_of(typed: str) -> Outcode | None:
    """Return the place of what was typed, none of nothing; ValidationError says how to mend it."""
    if not typed:
        return None
    try:
        return place(typed)
    except UnplaceablePostcode as refused:
        raise ValidationError(str(refused)) from refused


class SearchForm(forms.Form):
    """Area, place, distance, expertise: everything starts as “Any”."""

    marks_optional = False

    area = forms.ChoiceField(label="Area", required=False, error_messages=NOT_IN_THE_LIST)
    postcode = forms.CharField(
        label="Postcode or town",
        required=False,
        max_length=40,
        help_text="For example CF14 4XW. We use only its first part.",
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    miles = forms.TypedChoiceField(
        label="Based within",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Any distance"), *((step, f"{step} miles") for step in MILES)],
        error_messages=NOT_IN_THE_LIST,
    )
    expertise = forms.ChoiceField(label="Expertise", required=False, error_messages=NOT_IN_THE_LIST)
    also = forms.ChoiceField(label="And also", required=False, error_messages=NOT_IN_THE_LIST)

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wide = vocabulary.wide_areas()
        self._choose("area", [("", "Any area"), *vocabulary.areas()])
        self._choose("expertise", [("", "Any expertise"), *vocabulary.expertise()])
        self._choose("also", [("", "Any expertise"), *vocabulary.expertise()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_postcode(self) -> Outcode | None:
        return place_of(self.cleaned_data["postcode"])

    def clean(self) -> None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("miles") and "postcode" in cleaned and not cleaned["postcode"]:
            self.add_error("postcode", "Enter a postcode or town to search by distance.")

    def filters(self) -> Filters:
        asked = self.cleaned_data
        expertise = dict.fromkeys(filter(None, (asked["expertise"], asked["also"])))
        return Filters(asked["area"], tuple(expertise), asked["postcode"], asked["miles"])

    def regions(self) -> list[tuple[str, str]]:
        """Every nation and region with the address of its results, for a place we do not know."""
        expertise = self.cleaned_data.get("expertise", "")
        wanted = (expertise,) if expertise else ()
        return [(label, Filters(code, wanted).as_query()) for code, label in self._wide]

    def says_more_than_the_district(self) -> bool:
        """Whether a postcode was typed that should not stay in the address of the page."""
        found = self.cleaned_data["postcode"]
        return found is not None and self.data.get("postcode") != found.code


class EnquiryForm(CaptchaMixin, forms.Form):
    """What a purchaser writes to a member."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    organisation = forms.CharField(
        label="Your organisation",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="The case manager answers to this address.",
        error_messages={
            "required": "Enter your e-mail address, so that you can be answered.",
            "invalid": "Enter an e-mail address like name@example.org.",
        },
    )
    phone = PhoneNumberField(
        label="Your telephone number",
        required=False,
        region="GB",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": "Enter a telephone number like 020 7946 0000, or leave it out."},
    )
    message = forms.CharField(
        label="Your message",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Do not include client names or medical details.",
        error_messages={"required": "Write what you are looking for."},
    )
    field_order = ("name", "organisation", "email", "phone", "message", "answer", "nickname")

    def wording(self) -> Message:
        written = self.cleaned_data
        return Message(
            name=_one_line(written["name"]),
            email=written["email"],
            message=written["message"],
            organisation=_one_line(written["organisation"]),
            phone=str(written["phone"] or ""),
        )


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


class ListingForm(forms.Form):
    """What a member shows to the public, and where they work."""

    public_name = forms.CharField(
        label="Name to show",
        max_length=120,
        help_text="The public reads this name, and it becomes part of the page's address.",
        error_messages={"required": "Enter the name that the public should read."},
    )
    about = forms.CharField(
        label="About your work",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Leave out addresses and telephone numbers: people write to you through us.",
    )
    taking_cases = forms.BooleanField(label="I am taking new cases", required=False)
    base = forms.CharField(
        label="Postcode or town you travel from",
        required=False,
        max_length=40,
        help_text="We keep its first part only, and show no more than the nearest large town.",
    )
    radius_miles = forms.IntegerField(
        label="Miles you travel from there",
        required=False,
        min_value=1,
        max_value=LONGEST_RADIUS_MILES,
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
        self._areas = vocabulary.areas()
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
        return Shown(
            public_name=_one_line(written["public_name"]),
            about=written["about"],
            taking_cases=written["taking_cases"],
            area_codes=tuple(written["areas"]),
            base=written["base"],
            radius_miles=written["radius_miles"],
        )


def as_written(listing: Listing | None, *, name: str) -> dict[str, Any]:
    """Return what the editor starts from: the listing, or the person's own name."""
    if listing is None:
        return {"public_name": name, "taking_cases": True}
    return {
        "public_name": listing.public_name,
        "about": listing.about,
        "taking_cases": listing.taking_cases,
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


def _one_line(text: str) -> str:
    """Names stand in the first line of letters, so they hold no line breaks."""
    return " ".join(text.split())
