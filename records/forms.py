"""The forms of the calculator and of the register."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms

from foundation.dates import add_years, in_words
from foundation.fields import DayMonthYearField, WordsField
from records import pseudonyms
from records.models import ClientRecord, Hold
from records.retention_checks import problems
from records.retention_facts import Capacity, Category, Facts, HoldKind
from records.retention_facts import Hold as HoldFact
from records.retention_rules import RuleSet
from records.words import CAPACITIES, CATEGORIES, HOLD_KINDS, choices


class DayField(DayMonthYearField):
    """A day in three boxes, with messages that name which of the many days is meant."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            error_messages={
                "invalid": f"{label}: enter a real date, for example 20 7 2021.",
                "missing": f"{label}: the date must include a %(parts)s.",
                "required": f"{label}: enter the date, for example 20 7 2021.",
                "year": f"{label}: enter the year in four figures, 1900 or later.",
            },
        )


class PlainForm(forms.Form):
    """A form that its template wraps in a form tag with a button of its own."""

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class FactsForm(PlainForm):
    """What the rules ask about one record."""

    marks_optional = False  # the page says once that what is not known stays empty

    born_on = DayField(label="Date of birth")
    care_concluded_on = DayField(
        label="Day the care ended", help_text="Leave it empty while care goes on."
    )
    last_contact_on = DayField(label="Last contact", help_text="If you know it.")
    category = forms.ChoiceField(
        label="What kind of record is it?",
        choices=[*choices(CATEGORIES), ("", "I do not know")],
        required=False,
        widget=forms.RadioSelect,
    )
    capacity = forms.ChoiceField(
        label="Does the client have mental capacity?",
        choices=choices(CAPACITIES),
        initial=Capacity.UNKNOWN.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether the client has capacity, or that you do not know."
        },
    )
    died_on = DayField(label="Date of death", help_text="If the client has died.")
    known_on = DayField(
        label="Date of knowledge",
        help_text="If an injury that may lead to a claim became known: the day it did.",
    )

    def facts(self) -> Facts:
        """The facts as typed; a date that could not be read counts as not given."""
        typed = self.cleaned_data
        category = typed.get("category")
        return Facts(
            born_on=typed.get("born_on"),
            capacity=Capacity(typed.get("capacity") or Capacity.UNKNOWN),
            category=Category(category) if category else None,
            care_concluded_on=typed.get("care_concluded_on"),
            last_contact_on=typed.get("last_contact_on"),
            died_on=typed.get("died_on"),
            known_on=typed.get("known_on"),
            holds=self.holds(),
        )

    def holds(self) -> tuple[HoldFact, ...]:
        return ()

    def clean(self) -> dict[str, Any]:
        for problem in problems(self.facts(), on=self.on):
            self.add_error(problem.field if problem.field in self.fields else None, problem.words)
        return self.cleaned_data


class CalculatorForm(FactsForm):
    """The public calculator: the facts, holds in short, and the rules to use."""

    open_holds = forms.MultipleChoiceField(
        label="Is one of these still open?",
        choices=choices(HOLD_KINDS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hold_resolved_on = DayField(
        label="Day the last of them was resolved",
        help_text="If there was a complaint, case, concern or inquiry that is now closed.",
    )
    rule_set = forms.ChoiceField(
        label="By which rules?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the rules to use."},
    )

    def __init__(self, *args: Any, readings: Mapping[str, RuleSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, rules.name) for code, rules in readings.items()]
        cast(forms.ChoiceField, self.fields["rule_set"]).choices = names

    def holds(self) -> tuple[HoldFact, ...]:
        still_open = [
            HoldFact(HoldKind(kind), self.on) for kind in self.cleaned_data.get("open_holds", [])
        ]
        resolved_on = self.cleaned_data.get("hold_resolved_on")
        # Which kind a resolved hold was does not matter to its date.
        resolved = [HoldFact(HoldKind.COMPLAINT, resolved_on, resolved_on)] if resolved_on else []
        return (*still_open, *resolved)

    def clean_hold_resolved_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["hold_resolved_on"]
        if day and day > self.on:
            raise forms.ValidationError("The day it was resolved is in the future. Check the year.")
        return day


class RecordForm(FactsForm):
    """One line of the register."""

    reference = forms.CharField(
        label="Your reference",
        max_length=40,
        help_text=(
            "The number your organisation files it under, such as CM-0042. "
            "No names, NHS numbers, postcodes, telephone numbers or e-mail addresses."
        ),
        error_messages={"required": "Enter the number your organisation files the record under."},
    )
    field_order = ("reference",)

    def clean_reference(self) -> str:
        reference = pseudonyms.tidy(self.cleaned_data["reference"])
        objection = pseudonyms.objection(reference)
        if objection:
            raise forms.ValidationError(objection)
        return reference

    def columns(self) -> dict[str, Any]:
        """What was typed, by the columns of a record."""
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(record: ClientRecord) -> dict[str, Any]:
        return {name: getattr(record, name) for name in RecordForm.base_fields}


class HoldForm(PlainForm):
    """A reason to keep a record whatever its date says."""

    kind = forms.ChoiceField(label="Why must it be kept?", choices=choices(HOLD_KINDS))
    opened_on = DayField(label="Day it was opened", required=True)

    def clean_opened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["opened_on"]
        if day > self.on:
            raise forms.ValidationError("The day it was opened is in the future. Check the year.")
        return day


class ResolveForm(PlainForm):
    """The day on which a hold ended."""

    resolved_on = DayField(label="Day it was resolved", required=True)

    def __init__(self, *args: Any, hold: Hold, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hold = hold

    def clean_resolved_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["resolved_on"]
        if day > self.on:
            raise forms.ValidationError("The day it was resolved is in the future. Check the year.")
        if day < self.hold.opened_on:
            opened = in_words(self.hold.opened_on)
            raise forms.ValidationError(
                f"It was opened on {opened}: enter that day or a later one."
            )
        return day


class KeepLongerForm(PlainForm):
    """Until when, and why, a record is kept beyond its date."""

    until = DayField(label="Look at it again on", required=True)
    because = WordsField(
        label="Why is it still needed?",
        rows=3,
        max_length=1000,
        help_text="Name nobody: the reason stays with the record.",
        missing="Say why the record is still needed.",
    )

    def __init__(self, *args: Any, record: ClientRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if record.is_indefinite:
            self.fields["until"].initial = add_years(self.on, 1)
            self.fields["until"].help_text = "Within 12 months."

    def clean_because(self) -> str:
        because = str(self.cleaned_data["because"]).strip()
        found = pseudonyms.identifier(because)
        if found:
            raise forms.ValidationError(
                f"The reason has what looks like {found} in it. Leave it out."
            )
        return because
