"""One date a page: until when somebody is insured or registered, when they were checked."""

import datetime as dt
from typing import Any

from django import forms

from foundation.dates import add_years
from foundation.fields import DayMonthYearField
from membership.forms import date_words

YEARS_AHEAD = 5
FIRST_CHECKS = dt.date(2002, 3, 1)
"""When the Criminal Records Bureau, from which the DBS came, began (Police Act 1997, part V)."""


class DateForm(forms.Form):
    """A date that must make sense on the day on which it is told."""

    date = DayMonthYearField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def refuse(self, words: str) -> None:
        raise forms.ValidationError(words)


class LastDayForm(DateForm):
    """The last day of something that runs now."""

    over = "That day is over. Enter the last day of the one that you have now."

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day < self.on:
            self.refuse(self.over)
        if day > add_years(self.on, YEARS_AHEAD):
            self.refuse(f"That is more than {YEARS_AHEAD} years ahead. Check the year.")
        return day


class IndemnityForm(LastDayForm):
    date = DayMonthYearField(
        label="Last day of your insurance",
        help_text="It is on the certificate, for example 31 3 2027. Your employer knows theirs.",
        error_messages=date_words(
            "The last day", "Enter the last day of your insurance, for example 31 3 2027."
        ),
    )


class RegistrationForm(LastDayForm):
    over = (
        "That day is over. If your registration has ended, write to the office; if you renewed it, "
        "enter its new last day."
    )
    date = DayMonthYearField(
        label="Last day of your registration",
        help_text="As the register shows it, for example 31 8 2027.",
        error_messages=date_words(
            "The last day", "Enter the last day of your registration, for example 31 8 2027."
        ),
    )


class CourseForm(LastDayForm):
    over = "That day is over. Enter the last day of the course that you are on now."
    date = DayMonthYearField(
        label="Last day of your course",
        help_text="The day you expect, for example 30 6 2027.",
        error_messages=date_words(
            "The last day", "Enter the last day of your course, for example 30 6 2027."
        ),
    )


class DbsForm(DateForm):
    date = DayMonthYearField(
        label="Date of your most recent check",
        help_text=(
            "The date alone, for example 2 3 2026. Please never send us the certificate, its "
            "number or what it says."
        ),
        error_messages=date_words(
            "The date of the check",
            "Enter the date of your most recent check, for example 2 3 2026.",
        ),
    )

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > self.on:
            self.refuse(
                "The date of a check cannot be in the future. Enter the date printed on it."
            )
        if day < FIRST_CHECKS:
            self.refuse("There were no such checks before March 2002. Check the year.")
        return day
