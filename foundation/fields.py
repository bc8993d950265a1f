"""Fields of forms: a date in three boxes, a sum of money in pounds, a box for sentences."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from foundation.pence import MOST_PENCE, decimal_string, pounds, read_pounds

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1900, 2199
LAST_MONTH, LAST_DAY = 12, 31


class SplitDate(forms.MultiWidget):
    """Three short boxes that keep whatever was typed, posted as name_day, name_month, name_year."""

    template_name = "foundation/split_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
            "month": forms.TextInput({"autocomplete": "off"}),
            "year": forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, dt.date) else [None] * 3


class DayMonthYearField(forms.Field):
    """Cleans to a date, or None where the field is not required and every box is empty.

    The month may be a number or a name. Each message names what is missing or wrong.
    """

    widget = SplitDate
    default_error_messages = {
        "required": "Enter a date, for example 2 3 2026.",
        "missing": "The date must include a %(parts)s.",
        "invalid": "Enter a real date, for example 2 3 2026.",
        "year": "Enter the year in four figures, for example 2026.",
        "order": "There is no month %(typed)s. Enter the day first, then the month.",
    }

    def to_python(self, value: Any) -> dt.date | None:
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        if not any(typed):
            return None
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            raise self._error("missing", parts=" and a ".join(missing))
        return self._date(typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return self.to_python(data) != (initial or None)
        except ValidationError:
            return True

    def _date(self, typed: Sequence[str]) -> dt.date:
        day, month, year = _number(typed[0]), _month(typed[1]), _number(typed[2])
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise self._error("year")
        try:
            return dt.date(year, month or 0, day or 0)
        except ValueError as error:
            if day and month and day <= LAST_MONTH < month <= LAST_DAY:
                raise self._error("order", typed=typed[1]) from error
            raise self._error("invalid") from error

    def _error(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    """“3”, “03”, “Mar” and “March” alike."""
    name = text.casefold().rstrip(".")
    if len(name) >= 3 and name[:3] in MONTHS and name.isalpha():
        return MONTHS.index(name[:3]) + 1
    return _number(text)


class PoundsField(forms.CharField):
    """A sum typed in pounds, cleaned to whole pence."""

    def __init__(self, *, min_pence: int = 1, **kwargs: object) -> None:
        kwargs.setdefault("error_messages", {"required": "Enter an amount, for example 90.00."})
        super().__init__(max_length=20, **kwargs)  # type: ignore[arg-type]
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})
        self.pence_validators = (
            MinValueValidator(min_pence, f"Enter an amount of {pounds(min_pence)} or more."),
            MaxValueValidator(MOST_PENCE, f"Enter an amount of {pounds(MOST_PENCE)} or less."),
        )

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = read_pounds(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        for validate in self.pence_validators:
            validate(pence)
        return pence

    def prepare_value(self, value: object) -> object:
        return decimal_string(value) if isinstance(value, int) else value


class WordsField(forms.CharField):
    """A box for sentences; it may stay empty unless `missing` says what is then missing."""

    def __init__(
        self, *, rows: int, missing: str = "", max_length: int | None = None, **kwargs: Any
    ) -> None:
        messages = {
            "required": missing,
            "max_length": f"Write it shorter, in {max_length or 0:,} characters at most.",
        }
        super().__init__(
            max_length=max_length,
            required=bool(missing),
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages=messages,
            **kwargs,
        )
