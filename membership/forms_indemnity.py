"""The applicant's insurance: that there is one, and until when."""

import datetime as dt
from typing import Any

from django import forms

from foundation.fields import DayMonthYearField
from membership import statements
from membership.forms import SectionForm, date_words, required
from membership.forms_other import moment_of
from membership.models import Application


class IndemnityForm(SectionForm):
    confirmed = forms.BooleanField(
        label=statements.INDEMNITY,
        error_messages=required(
            "Tick the box once you have professional indemnity insurance. You need it to practise."
        ),
    )

    indemnity_ends_on = DayMonthYearField(
        label="Last day of your insurance",
        help_text="If you know it, for example 31 3 2027. We remind you before it ends.",
        required=False,
        error_messages=date_words("The last day", ""),
    )

    class Meta:
        model = Application
        fields = ("indemnity_ends_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["confirmed"] = self.instance.indemnity_confirmed_at is not None

    def clean_indemnity_ends_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["indemnity_ends_on"]
        if day is not None and day < self.on:
            raise forms.ValidationError(
                "That day is over. Enter the last day of the insurance that you have now."
            )
        return day

    def keep(self) -> Application:
        application: Application = self.instance
        application.indemnity_confirmed_at = moment_of(
            self.cleaned_data["confirmed"], application.indemnity_confirmed_at, self.at
        )
        application.save(update_fields=["indemnity_ends_on", "indemnity_confirmed_at"])
        return application
