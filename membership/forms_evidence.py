"""What an applicant shows: qualifications, registration, jobs, and what they confirm."""

from typing import Any

from django import forms
from django.db import models

from foundation.fields import DayMonthYearField
from membership import statements
from membership.forms import HoursField, SectionForm, date_words, number_input, required
from membership.forms_other import moment_of
from membership.models import Application, Employment, ExpertiseArea, Qualification

CLINICAL_REFUSED = (
    "Clinical areas need a clinical qualification and a registered body. A vocational case "
    "manager can only have the area Vocational."
)


class EntryForm(SectionForm):
    """One entry of several; the same entry sent twice is one entry."""

    def keep(self) -> models.Model:
        entry = self.instance
        if entry.pk is None:
            own = type(entry).objects.filter(person=entry.person, **self.cleaned_data)
            return own.first() or super().keep()
        return super().keep()


class QualificationForm(EntryForm):
    title = forms.CharField(
        label="Name of the qualification",
        max_length=160,
        help_text="For example: BSc Nursing.",
        error_messages=required("Enter the name of the qualification, for example BSc Nursing."),
    )
    awarding_body = forms.CharField(
        label="Awarded by",
        max_length=160,
        help_text="The university, college or awarding body.",
        error_messages=required("Enter who awarded it, for example Cardiff University."),
    )
    level = forms.ChoiceField(
        label="Level",
        choices=[("", "Choose a level"), *Qualification.Level.choices],
        error_messages=required("Choose the level of the qualification."),
    )
    relation = forms.ChoiceField(
        label="What kind of qualification is it?",
        choices=Qualification.Relation.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose whether it is clinical, vocational or in another field."),
    )
    year = forms.IntegerField(
        label="Year of the award",
        min_value=1940,
        widget=number_input(),
        error_messages={
            "required": "Enter the year in which you were awarded it, for example 2009.",
            "invalid": "Enter the year in four figures, for example 2009.",
            "min_value": "Enter the year in four figures, from 1940 on, for example 2009.",
        },
    )

    class Meta:
        model = Qualification
        fields = ("title", "awarding_body", "level", "relation", "year")

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and year > self.on.year:
            raise forms.ValidationError(
                f"Enter a year up to {self.on.year}. Add a course you have not finished once it "
                "is awarded."
            )
        return year


class EmploymentForm(EntryForm):
    employer = forms.CharField(
        label="Employer",
        max_length=160,
        help_text="If you work for yourself, write “Self-employed”.",
        error_messages=required("Enter the employer, or “Self-employed”."),
    )
    role = forms.CharField(
        label="Job title", max_length=160, error_messages=required("Enter your job title.")
    )
    is_case_management = forms.TypedChoiceField(
        label="Was it a case management role?",
        choices=[("yes", "Yes"), ("no", "No, or only a small part of it")],
        coerce=lambda code: code == "yes",
        widget=forms.RadioSelect,
        error_messages=required("Choose whether this job was a case management role."),
    )
    started_on = DayMonthYearField(
        label="When did you start?",
        help_text="For example 2 3 2024. If you are not sure of the day, enter 1.",
        error_messages=date_words(
            "The start of the job", "Enter the day you started, for example 2 3 2024."
        ),
    )
    ended_on = DayMonthYearField(
        label="When did you leave?",
        required=False,
        help_text="Leave this empty if you still work there.",
        error_messages=date_words("The end of the job", ""),
    )
    hours_per_week = forms.DecimalField(
        label="Hours of case management in a usual week",
        required=False,
        min_value=0,
        max_value=80,
        max_digits=4,
        decimal_places=1,
        widget=number_input("decimal"),
        error_messages={
            "invalid": "Enter hours a week in figures, for example 22.5.",
            "min_value": "Enter 0 or more hours a week.",
            "max_value": "Enter 80 hours a week or fewer.",
            "max_digits": "Enter hours a week with one decimal place, for example 22.5.",
            "max_whole_digits": "Enter 80 hours a week or fewer.",
            "max_decimal_places": "Enter hours a week with one decimal place, for example 22.5.",
        },
    )
    total_hours = HoursField(
        label="Or: hours of case management in all",
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="If you know the total. It is used instead of the hours a week.",
        widget=number_input(),
        error_messages={
            "invalid": "Enter whole hours in figures, for example 1900.",
            "min_value": "Enter 0 or more hours.",
            "max_value": "Enter 100,000 hours or fewer.",
        },
    )

    class Meta:
        model = Employment
        fields = (
            "employer",
            "role",
            "is_case_management",
            "started_on",
            "ended_on",
            "hours_per_week",
            "total_hours",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            known = "yes" if self.instance.is_case_management else "no"
            self.initial["is_case_management"] = known
        else:
            self.initial["is_case_management"] = ""
            self._begin_with_the_work()

    def _begin_with_the_work(self) -> None:
        """The first job is mostly the one of the Work section, which was told already."""
        person = self.instance.person
        if not person.employments.exists():
            self.initial["employer"] = person.work_organisation
            self.initial["role"] = person.work_role

    def clean(self) -> None:
        super().clean()
        started_on = self.clean_date_not_ahead(
            "started_on", "The start of a job cannot be in the future. Check the year."
        )
        ended_on = self.clean_date_not_ahead(
            "ended_on",
            "This day is still to come. Leave the end empty if you still work there.",
        )
        if started_on and ended_on and ended_on < started_on:
            self.add_error(
                "ended_on", "The end is before the start. Check both dates and mend one."
            )


class DbsForm(SectionForm):
    dbs_on = DayMonthYearField(
        label="Date of your most recent check",
        help_text="The date printed on the certificate, for example 2 3 2026.",
        error_messages=date_words(
            "The date of the check",
            "Enter the date of your most recent check, for example 2 3 2026.",
        ),
    )
    dbs_scheme = forms.ChoiceField(
        label="Which scheme?",
        choices=Application.DbsScheme.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose the scheme that checked you."),
    )
    confirmed = forms.BooleanField(
        label=statements.DBS,
        help_text=(
            "We keep the date and the scheme alone. Please never send us the certificate or what "
            "it says."
        ),
        error_messages=required("Tick the box to confirm that you have been checked."),
    )

    class Meta:
        model = Application
        fields = ("dbs_on", "dbs_scheme")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["confirmed"] = self.instance.dbs_confirmed_at is not None

    def clean(self) -> None:
        super().clean()
        self.clean_date_not_ahead(
            "dbs_on", "The date of a check cannot be in the future. Enter the date printed on it."
        )

    def keep(self) -> Application:
        application: Application = self.instance
        application.dbs_confirmed_at = moment_of(
            self.cleaned_data["confirmed"], application.dbs_confirmed_at, self.at
        )
        application.save(update_fields=["dbs_on", "dbs_scheme", "dbs_confirmed_at"])
        return application


class ExpertiseForm(SectionForm):
    """Only Vocational is offered to a vocational case manager, whatever is posted."""

    expertise_requested = forms.ModelMultipleChoiceField(
        label="In which areas do you work?",
        queryset=ExpertiseArea.objects.filter(is_offered=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of the areas is not offered any more. Choose again.",
            "invalid_pk_value": "One of the areas is not offered any more. Choose again.",
        },
    )

    class Meta:
        model = Application
        fields = ("expertise_requested",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = ExpertiseArea.objects.filter(is_offered=True)
        if self.instance.vocational_only:
            areas = areas.filter(is_clinical=False)
        boxes = [(area.pk, area.label) for area in areas]
        self.fields["expertise_requested"].widget.choices = boxes
        if self.instance.vocational_only and not self.initial.get("expertise_requested"):
            # It is the only area that they can have.
            self.initial["expertise_requested"] = [area.pk for area in areas]

    def clean_expertise_requested(self) -> "list[ExpertiseArea]":
        areas = list(self.cleaned_data["expertise_requested"])
        if self.instance.vocational_only and any(area.is_clinical for area in areas):
            raise forms.ValidationError(CLINICAL_REFUSED)
        return areas

    def keep(self) -> Application:
        application: Application = self.instance
        application.expertise_requested.set(self.cleaned_data["expertise_requested"])
        return application
