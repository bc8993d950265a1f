"""The day of a line on a statement, as the office copies it from the bank's or PayPal's."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

OLDEST = dt.timedelta(days=730)


class StatementDayField(forms.DateField):
    """A day that has come, and not so long ago that the year must be a slip."""

    def __init__(self, label: str, *, statement: str) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": f"Enter the day on {statement}.",
                "invalid": "Enter the day as on the statement, for example 2026-11-22.",
            },
        )

    def clean(self, value: Any) -> dt.date:
        day: dt.date = super().clean(value)
        today = timezone.localdate()
        if day > today:
            raise ValidationError("This day has not come yet. Enter the day on the statement.")
        if day < today - OLDEST:
            raise ValidationError("This day is more than two years ago. Check the year.")
        return day
