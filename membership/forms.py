"""What every page of the application has in common: its words for what went wrong."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from foundation.typed import typed_again

UNREADABLE = "Take out the characters that cannot be read."
NOT_OFFERED = "Choose one of the answers shown."


class SectionForm(forms.ModelForm):
    """One page of the application. What was typed is kept; each message says how to mend it.

    `at` is the moment of asking, for dates that may not lie ahead. With `may_wait` nothing is
    required: the applicant saves what there is and comes back later.
    """

    def __init__(self, *args: Any, at: dt.datetime, may_wait: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.on = timezone.localdate(at)
        self.may_wait = may_wait
        for field in self.fields.values():
            mend_words(field)
            if may_wait:
                field.required = False

    def clean_date_not_ahead(self, name: str, words: str) -> dt.date | None:
        """The date of a field; adds the words as its error where the day is still to come."""
        day: dt.date | None = self.cleaned_data.get(name)
        if day is not None and day > self.on:
            self.add_error(name, words)
        return day

    def requires(self, name: str, words: str) -> None:
        """For a field that is only asked for because of another answer."""
        empty = self.cleaned_data.get(name) in (None, "")
        if empty and not self.may_wait and name not in self.errors:
            self.add_error(name, words)

    def keep(self) -> models.Model:
        """Save the fields of this page alone, so that nothing else of the row is written."""
        stored: models.Model = self.instance
        if stored.pk is None:
            stored.save()
        else:
            stored.save(update_fields=list(self._meta.fields or ()))
        return stored


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, however little: an empty form that is sent is still answered.

    It may also have been typed before the person had to log in again: it is shown, not saved.
    """
    return request.POST if request.method == "POST" else typed_again(request)


def mend_words(field: forms.Field) -> None:
    """Django's own words do not say how to mend it."""
    field.error_messages["null_characters_not_allowed"] = UNREADABLE
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        field.error_messages["invalid_choice"] = NOT_OFFERED
    if isinstance(field, forms.CharField) and field.max_length:
        field.error_messages["max_length"] = (
            f"Use {field.max_length:,} characters or fewer. You entered %(show_value)d."
        )
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = "Enter an e-mail address such as name@example.org."
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        field.error_messages.setdefault("invalid", "Enter a number in figures.")


def required(words: str) -> dict[str, str]:
    return {"required": words}


def date_words(name: str, required_words: str) -> dict[str, str]:
    """The messages of a date, each saying which date is meant: “The start of the job …”."""
    return {
        "required": required_words,
        "missing": f"{name} must include a %(parts)s.",
        "invalid": f"{name} must be a real date, for example 2 3 2026.",
        "year": f"{name} needs its year in four figures, for example 2026.",
    }


def text_input(autocomplete: str = "", **attrs: str) -> forms.TextInput:
    """A box that the browser may fill in."""
    given = {"autocomplete": autocomplete, **attrs} if autocomplete else attrs
    return forms.TextInput(attrs=given)


class HoursField(forms.IntegerField):
    """Whole hours, typed as people write them: “1900”, “1,900” or “1 900 hours”."""

    def to_python(self, value: Any) -> int | None:
        typed = str("" if value is None else value).strip().lower()
        figures = re.sub(r"(?<=\d)\s*h((ou)?rs?)?\.?$", "", typed)
        number: int | None = super().to_python(re.sub(r"(?<=\d)[, ](?=\d{3}\b)", "", figures))
        return number


def number_input(mode: str = "numeric") -> forms.TextInput:
    """A short box for figures, without the spinner that scrolls numbers away."""
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "class": "input-short"})
