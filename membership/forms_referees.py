"""Two people who know the applicant, and what such a person is asked."""

from typing import Any

from django import forms

from membership.forms import SectionForm, required
from membership.models import Employment, Person, Referee
from membership.sameness import NOT_DIGITS, plain_address, plain_number


class RefereeForm(SectionForm):
    """One of two: not the applicant, not the same person twice, not both personal."""

    marks_optional = False  # where a referee works is only asked of professional ones

    name = forms.CharField(
        label="Name", max_length=120, error_messages=required("Enter the name of the referee.")
    )
    kind = forms.ChoiceField(
        label="How do they know you?",
        choices=Referee.Kind.choices,
        widget=forms.RadioSelect,
        help_text="At least one of your two referees must be professional.",
        error_messages=required("Choose whether this referee is professional or personal."),
    )
    relationship = forms.CharField(
        label="Who are they to you?",
        max_length=160,
        help_text="For example: my manager since 2022.",
        error_messages=required("Enter who they are to you, for example “my manager since 2022”."),
    )
    organisation = forms.CharField(
        label="Where do they work?",
        max_length=160,
        required=False,
        help_text="Needed for a professional referee.",
    )
    job = forms.ModelChoiceField(
        label="Which of your jobs can they speak about? (optional)",
        queryset=Employment.objects.none(),
        required=False,
        empty_label="None in particular",
        error_messages={"invalid_choice": "Choose one of the jobs in your work history, or none."},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We write to them once you have sent your application.",
        error_messages=required("Enter the e-mail address of the referee."),
    )
    phone = forms.CharField(
        label="Telephone (optional)",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    class Meta:
        model = Referee
        fields = ("name", "kind", "relationship", "organisation", "job", "email", "phone")

    def __init__(self, *args: Any, other: Referee | None, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.other = other
        self.own = person
        self._offer_jobs(person)

    def _offer_jobs(self, person: Person) -> None:
        """Only the person's own jobs can be chosen; without one there is nothing to ask."""
        jobs, field = person.employments.all(), self.fields["job"]
        if jobs and isinstance(field, forms.ModelChoiceField):
            field.queryset = jobs
        else:
            del self.fields["job"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        own = {plain_address(one) for one in (self.own.email, self.own.work_email) if one}
        if plain_address(email) in own:
            raise forms.ValidationError(
                "This is your own e-mail address. A referee must be somebody else."
            )
        if self.other is not None and plain_address(email) == plain_address(self.other.email):
            raise forms.ValidationError(
                "Your other referee has this e-mail address. Name two different people."
            )
        return email

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not 7 <= len(NOT_DIGITS.sub("", phone)) <= 15:
            raise forms.ValidationError(
                "Enter a telephone number such as 020 7946 0000, or leave it empty."
            )
        own = {plain_number(str(one)) for one in (self.own.phone, self.own.work_phone) if one}
        if phone and plain_number(phone) in own:
            raise forms.ValidationError(
                "This is your own telephone number. A referee must be somebody else."
            )
        known = self.other.phone if self.other is not None else ""
        if phone and known and plain_number(phone) == plain_number(known):
            raise forms.ValidationError(
                "Your other referee has this telephone number. Name two different people."
            )
        return phone

    def clean(self) -> None:
        super().clean()
        kind = self.cleaned_data.get("kind")
        if kind == Referee.Kind.PROFESSIONAL:
            self.requires("organisation", "Enter where a professional referee works.")
        both_personal = self.other is not None and self.other.kind == Referee.Kind.PERSONAL
        if kind == Referee.Kind.PERSONAL and both_personal:
            self.add_error(
                "kind",
                "Your other referee is personal already. This one must be professional: somebody "
                "who knows you from your work.",
            )
