"""What purchasers search by: checked like a form, drawn without one form object a choice."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.filters import Filters
from directory.matching import POSTCODE_AREA
from directory.models import Outcode
from directory.nearby import nearby
from directory.order import BAND_LIMITS_MILES
from directory.places import place
from directory.postcodes import UnplaceablePostcode
from directory.vocabulary import Vocabulary

NOT_IN_THE_LIST = {"invalid_choice": "We do not know that choice. Choose one from the list."}
UNKNOWN_CHOICE = NOT_IN_THE_LIST["invalid_choice"]
NAMES = ("postcode", "miles", "area", "expertise", "also", "group")


def place_of(typed: str) -> Outcode | None:
    """Return the place of what was typed, none of nothing; ValidationError says how to mend it."""
    if not typed:
        return None
    try:
        return place(typed)
    except UnplaceablePostcode as refused:
        raise ValidationError(str(refused)) from refused


class SearchForm(forms.Form):
    """Area, place, distance, expertise, group of clients: everything starts as “Any”.

    A postcode area that is chosen from the list is a place like one that is typed.
    """

    marks_optional = False

    postcode = forms.CharField(label="Postcode or town", required=False, max_length=40)
    miles = forms.CharField(label="Based within", required=False, max_length=4)
    area = forms.CharField(label="Area", required=False, max_length=40)
    expertise = forms.CharField(label="Expertise", required=False, max_length=40)
    also = forms.CharField(label="And also", required=False, max_length=40)
    group = forms.CharField(label="Works with", required=False, max_length=10)

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words = vocabulary

    def clean_postcode(self) -> Outcode | None:
        return place_of(self.cleaned_data["postcode"])

    def clean_miles(self) -> int | None:
        typed = self.cleaned_data["miles"]
        return int(_one_of(typed, {str(step) for step in BAND_LIMITS_MILES})) if typed else None

    def clean_area(self) -> str:
        code: str = self.cleaned_data["area"]
        if code and not self._words.knows_area(code):
            raise ValidationError(UNKNOWN_CHOICE)
        return code

    def clean_expertise(self) -> str:
        return _one_of(self.cleaned_data["expertise"], dict(self._words.expertise))

    def clean_also(self) -> str:
        return _one_of(self.cleaned_data["also"], dict(self._words.expertise))

    def clean_group(self) -> str:
        return _one_of(self.cleaned_data["group"], dict(self._words.groups))

    def clean(self) -> None:
        cleaned = super().clean() or self.cleaned_data
        area = cleaned.get("area", "")
        if area.startswith(POSTCODE_AREA) and not cleaned.get("postcode"):
            cleaned["postcode"] = nearby().places[area.removeprefix(POSTCODE_AREA)]
        if area.startswith(POSTCODE_AREA):
            cleaned["area"] = ""
        if cleaned.get("miles") and "postcode" in cleaned and not cleaned["postcode"]:
            self.add_error("postcode", "Enter a postcode or town to search by distance.")

    def filters(self) -> Filters:
        asked = self.cleaned_data
        expertise = dict.fromkeys(filter(None, (asked["expertise"], asked["also"])))
        return Filters(
            asked["area"], tuple(expertise), asked["postcode"], asked["miles"], asked["group"]
        )

    def regions(self) -> list[tuple[str, str]]:
        """Every nation and region with the address of its results, for a place we do not know."""
        expertise = self.cleaned_data.get("expertise", "")
        wanted = (expertise,) if expertise else ()
        return [(label, Filters(code, wanted).as_query()) for code, label in self._words.wide_areas]

    def says_more_than_the_district(self) -> bool:
        """Whether an address holds more of a place than its district, or names it twice."""
        found = self.cleaned_data["postcode"]
        return found is not None and self.data.get("postcode") != found.code

    def typed(self, name: str) -> str:
        return str(self.data.get(name, ""))


def _one_of(code: str, known: "set[str] | dict[str, str]") -> str:
    if code and code not in known:
        raise ValidationError(UNKNOWN_CHOICE)
    return code
