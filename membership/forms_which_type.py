"""A few questions that end in the membership type that fits, with the reasons."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from membership.criteria import Rules
from membership.eligibility import Assessment, Outcome, assess
from membership.evidence import Evidence, Practice, Qualification, Related, StudentCourse
from membership.findings import Finding, Severity
from membership.forms import mend_words, number_input, required
from membership.models import Application
from membership.registers import BODIES, PROFESSIONS, BodyKind
from membership.types import MembershipType

# What is only found out in the application itself says nothing about the type.
ASKED = frozenset(
    {
        "practice_in_uk",
        "not_practising_in_uk",
        "not_practising",
        "practice_overseas",
        "no_practice",
        "qualification",
        "qualification_level",
        "qualification_related",
        "qualification_unrelated",
        "refer:qualification_level",
        "vocational",
        "vocational_qualification",
        "no_body_needed",
        "registered_body",
        "body",
        "refer:body_voluntary_register",
        "enough_experience",
        "experience",
        "relevant_course",
        "refer:also_practising",
    }
)
LEVELS = (
    (Qualification.DEGREE, "A degree or higher"),
    (Qualification.DIPLOMA_4, "A diploma at level 4 or higher, HND or foundation degree"),
    (Qualification.DIPLOMA_3, "A diploma at level 3"),
    (Qualification.CERTIFICATE_4, "A certificate at level 4 or HNC"),
    (Qualification.OVERSEAS_EQUIVALENT, "An award from outside the UK"),
    (Qualification.PRE_DIPLOMA_REGISTRATION, "Training from before there were diplomas"),
    (Qualification.NONE, "None of these"),
)
UK_ONLY = {
    "qualification": "Choose your highest qualification.",
    "related": "Choose what kind of qualification it is.",
    "body": "Choose the body that you are registered with, or one of the two “None”.",
    "months": "Enter how many months you have worked as a case manager, 0 if none.",
}
NO_BODY, VOCATIONAL = "none", "vocational"


@dataclass(frozen=True)
class Suggestion:
    """The type that fits, what speaks for it, and why the fuller types do not fit yet."""

    type: MembershipType | None
    reasons: tuple[Finding, ...]
    obstacles: tuple[Finding, ...]


def body_choices() -> list[tuple[str, str]]:
    known = [
        (code, f"{body.name} ({code})")
        for code, body in BODIES.items()
        if body.kind is not BodyKind.ASSOCIATION
    ]
    return [
        ("", "Choose an answer"),
        (VOCATIONAL, "None: I work as a vocational case manager"),
        (NO_BODY, "None of these"),
        *known,
    ]


class WhichTypeForm(forms.Form):
    """Asked by GET, so that the answers can be gone back to; nothing of it is stored."""

    marks_optional = False  # most questions are only for those who practise in the UK

    practice = forms.ChoiceField(
        label="Where do you practise case management now?",
        choices=Application.Practice.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose where you practise, or that you do not practise."),
    )
    course = forms.ChoiceField(
        label="Are you on a course that is relevant to case management?",
        choices=[("yes", "Yes"), ("no", "No")],
        required=False,
        widget=forms.RadioSelect,
    )
    qualification = forms.ChoiceField(
        label="What is your highest qualification that relates to case management?",
        choices=[(level.value, words) for level, words in LEVELS],
        required=False,
        widget=forms.RadioSelect,
    )
    related = forms.ChoiceField(
        label="What kind of qualification is it?",
        choices=[
            (Related.CLINICAL.value, "Clinical, for example nursing or occupational therapy"),
            (Related.VOCATIONAL.value, "Vocational, for example vocational rehabilitation"),
            (Related.NO.value, "Another field"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    body = forms.ChoiceField(
        label="Which body are you registered with?", choices=body_choices, required=False
    )
    months = forms.IntegerField(
        label="How many months have you worked as a case manager?",
        required=False,
        min_value=0,
        max_value=900,
        widget=number_input(),
        error_messages={
            "invalid": "Enter whole months in figures, for example 18.",
            "min_value": "Enter 0 or more months.",
            "max_value": "Enter 900 months or fewer.",
        },
    )
    hours = forms.IntegerField(
        label="How many hours is that, if you know? (optional)",
        required=False,
        min_value=0,
        max_value=100_000,
        widget=number_input(),
        error_messages={
            "invalid": "Enter whole hours in figures, for example 1900.",
            "min_value": "Enter 0 or more hours.",
            "max_value": "Enter 100,000 hours or fewer.",
        },
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, str] | None = None,
        only: tuple[str, ...] = (),
    ) -> None:
        """With `only`, the form is one page of the wizard and asks nothing else."""
        super().__init__(data, initial=initial)
        self.only = only
        for name, field in list(self.fields.items()):
            mend_words(field)
            if only and name not in only:
                del self.fields[name]

    def clean(self) -> None:
        """Those abroad are asked nothing more, and evidence only of those who are in the UK."""
        super().clean()
        practice = self.cleaned_data.get("practice", "")
        if practice != Application.Practice.OVERSEAS:
            self._requires("course", "Choose whether you are on a course.")
        if self.only or practice == Application.Practice.UK:
            for name, words in UK_ONLY.items():
                self._requires(name, words)

    def words_for(self, name: str) -> str:
        """An answer as it was offered."""
        value = self.cleaned_data.get(name)
        if isinstance(self.fields[name], forms.ChoiceField):
            chosen = (one for one in self[name].subwidgets if one.data["selected"])
            return "".join(str(one.choice_label) for one in chosen)
        return "" if value is None else f"{value:,}"

    def _requires(self, name: str, words: str) -> None:
        asked = name in self.fields and name not in self.errors
        if asked and self.cleaned_data.get(name) in (None, ""):
            self.add_error(name, words)

    def evidence(self) -> Evidence:
        """The answers as the rules see them."""
        said = self.cleaned_data
        body = said["body"] if said["body"] in BODIES else ""
        return Evidence(
            practice=Practice(said["practice"]),
            qualification=Qualification(said["qualification"] or Qualification.NONE),
            qualification_related=Related(said["related"] or Related.NO),
            profession=_profession_of(body),
            body=body,
            vocational_only=said["body"] == VOCATIONAL,
            cm_months=said["months"],
            cm_hours=said["hours"],
            student_course=StudentCourse.RELEVANT if said["course"] == "yes" else StudentCourse(""),
        )


def suggest(evidence: Evidence, *, rules: Rules, on: dt.date) -> Suggestion:
    """The fullest type that is met; without one the office helps."""
    fullest = assess(MembershipType.CASE_MANAGER, evidence, rules=rules, on=on)
    obstacles = _of(fullest, Severity.NOT_ELIGIBLE)
    if evidence.practice is not Practice.UK:
        obstacles = obstacles[:1]
    if fullest.outcome is not Outcome.NOT_ELIGIBLE:
        return Suggestion(MembershipType.CASE_MANAGER, _reasons(fullest), ())
    if fullest.suggested_type is None:
        return Suggestion(None, (), obstacles)
    fitting = assess(fullest.suggested_type, evidence, rules=rules, on=on)
    return Suggestion(fullest.suggested_type, _reasons(fitting), obstacles)


def _reasons(assessment: Assessment) -> tuple[Finding, ...]:
    return _of(assessment, Severity.MET) + _of(assessment, Severity.REFER)


def _of(assessment: Assessment, severity: Severity) -> tuple[Finding, ...]:
    return tuple(
        finding
        for finding in assessment.findings
        if finding.severity is severity and finding.code in ASKED
    )


def _profession_of(body: str) -> str:
    return next((code for code, one in PROFESSIONS.items() if body in one.bodies), "")
