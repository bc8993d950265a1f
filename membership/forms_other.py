"""What Supporters, Overseas members and Students are asked."""

import datetime as dt
from typing import Any

from django import forms

from foundation.fields import DayMonthYearField
from membership import statements
from membership.forms import SectionForm, date_words, required, text_input
from membership.forms_about import is_crown_dependency, is_in_the_uk
from membership.models import Application


class SupporterForm(SectionForm):
    supporter_role = forms.ChoiceField(
        label="What is your role?",
        choices=Application.SupporterRole.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose the role that fits best."),
    )
    does_not_practise = forms.BooleanField(
        label="I do not practise case management",
        error_messages=required(
            "Supporter is for people who do not practise. If you practise case management, "
            "choose Case Manager or Associate."
        ),
    )

    class Meta:
        model = Application
        fields = ("supporter_role",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["does_not_practise"] = self.instance.practice == Application.Practice.NONE

    def keep(self) -> Application:
        application: Application = self.instance
        if self.cleaned_data["does_not_practise"]:
            application.practice, application.nation = Application.Practice.NONE, ""
        application.save(update_fields=["supporter_role", "practice", "nation"])
        return application


class OverseasForm(SectionForm):
    overseas_country = forms.CharField(
        label="In which country do you work?",
        max_length=60,
        widget=text_input("country-name"),
        error_messages=required("Enter the country you work in, for example New Zealand."),
    )
    accepted = forms.BooleanField(
        label=f"I have read and accept this: {statements.OVERSEAS}",
        error_messages=required("Tick the box to accept the sentence about practice abroad."),
    )

    class Meta:
        model = Application
        fields = ("overseas_country",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["accepted"] = self.instance.overseas_accepted_at is not None
        home = self.instance.person.country
        is_abroad = not (is_in_the_uk(home) or is_crown_dependency(home))
        if is_abroad and not self.instance.overseas_country:
            self.initial["overseas_country"] = home

    def clean_overseas_country(self) -> str:
        country: str = self.cleaned_data["overseas_country"]
        if is_in_the_uk(country):
            raise forms.ValidationError(
                "Overseas is for case managers not currently practising within the UK. "
                "For UK practice choose Case Manager or Associate."
            )
        if is_crown_dependency(country):
            raise forms.ValidationError(
                "Jersey, Guernsey and the Isle of Man count as practice in the UK here. "
                "Choose Case Manager or Associate, or ask the office."
            )
        return country

    def keep(self) -> Application:
        application: Application = self.instance
        application.overseas_accepted_at = moment_of(
            self.cleaned_data["accepted"], application.overseas_accepted_at, self.at
        )
        application.save(update_fields=["overseas_country", "overseas_accepted_at"])
        return application


class CourseForm(SectionForm):
    course_title = forms.CharField(
        label="Name of the course",
        max_length=160,
        error_messages=required("Enter the name of your course."),
    )
    course_provider = forms.CharField(
        label="Where do you study?",
        max_length=160,
        error_messages=required("Enter the university, college or provider."),
    )
    course_ends_on = DayMonthYearField(
        label="When does the course end?",
        help_text="The day you expect, for example 30 6 2027.",
        error_messages=date_words(
            "The end of the course", "Enter the day your course ends, for example 30 6 2027."
        ),
    )
    course_relation = forms.ChoiceField(
        label="Is the course relevant to case management?",
        choices=Application.Course.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose whether the course is relevant to case management."),
    )

    class Meta:
        model = Application
        fields = ("course_title", "course_provider", "course_ends_on", "course_relation")

    def clean(self) -> None:
        super().clean()
        ends_on: dt.date | None = self.cleaned_data.get("course_ends_on")
        if ends_on is not None and ends_on < self.on:
            self.add_error(
                "course_ends_on",
                "This day has passed. Student membership is for people on a course now.",
            )


def moment_of(ticked: bool, known: dt.datetime | None, at: dt.datetime) -> dt.datetime | None:
    """When a box was first ticked; taking the tick away forgets it."""
    return (known or at) if ticked else None
