"""Who the applicant is, where they practise, and which type they ask for."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from phonenumber_field.formfields import PhoneNumberField

from foundation.pence import price
from membership.forms import SectionForm, required, text_input
from membership.models import Application, FeeRate, Person
from membership.models.people import tidy_postcode
from membership.types import FACTS, MembershipType

PHONE_WORDS = "Enter a telephone number such as 020 7946 0000, or +64 3 941 0000 from abroad."
POSTCODE_WORDS = "Enter a full UK postcode, for example CF14 4XW."
UNITED_KINGDOM = frozenset(
    {
        "united kingdom",
        "the united kingdom",
        "uk",
        "u.k.",
        "great britain",
        "britain",
        "gb",
        "england",
        "scotland",
        "wales",
        "cymru",
        "northern ireland",
    }
)
CROWN_DEPENDENCIES = frozenset({"jersey", "guernsey", "isle of man", "the isle of man"})


def phone_field(label: str, *, required_words: str = "") -> PhoneNumberField:
    return PhoneNumberField(
        label=label,
        required=bool(required_words),
        error_messages={"invalid": PHONE_WORDS, "required": required_words},
        widget=text_input("tel", type="tel"),
    )


class TypeForm(SectionForm):
    """The one answer that is never left open: every other section follows from it."""

    type = forms.ChoiceField(
        label="Which membership type are you applying for?",
        widget=forms.RadioSelect,
        error_messages=required("Choose a membership type. You can change it later."),
    )

    class Meta:
        model = Application
        fields = ("type",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["type"]
        kind.required = True
        fees = FeeRate.objects.pence_by_type(self.on)
        kind.choices = [(one.value, _choice(one, fees.get(one))) for one in MembershipType]


def _choice(type: MembershipType, pence: int | None) -> SafeString:
    """What the type is, and what it costs a year where that is known."""
    cost = "" if pence is None else f" {price(pence)} a year."
    return format_html("<strong>{}.</strong> {}{}", type.label, FACTS[type].description, cost)


class HomeForm(SectionForm):
    """The e-mail address is the one of the login, so it is not asked for again."""

    marks_optional = False  # the postcode is only asked for in the UK

    phone = phone_field("Telephone", required_words="Enter a telephone number we can reach you on.")

    class Meta:
        model = Person
        fields = (
            "given_name",
            "family_name",
            "phone",
            "address_line_1",
            "address_line_2",
            "town",
            "postcode",
            "country",
        )
        labels = {
            "given_name": "First name",
            "family_name": "Last name",
            "address_line_1": "Address line 1",
            "address_line_2": "Address line 2 (optional)",
            "town": "Town or city",
        }
        widgets = {
            "given_name": text_input("given-name"),
            "family_name": text_input("family-name"),
            "address_line_1": text_input("address-line1"),
            "address_line_2": text_input("address-line2"),
            "town": text_input("address-level2"),
            "postcode": text_input("postal-code"),
            "country": text_input("country-name"),
        }
        error_messages = {
            "given_name": required("Enter your first name."),
            "family_name": required("Enter your last name."),
            "address_line_1": required("Enter the first line of your home address."),
            "town": required("Enter your town or city."),
            "country": required("Enter your country, for example United Kingdom."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_name", "family_name", "address_line_1", "town", "country"):
            self.fields[name].required = not self.may_wait

    def clean(self) -> None:
        super().clean()
        if is_in_the_uk(self.cleaned_data.get("country", "")):
            self.requires("postcode", POSTCODE_WORDS)
            tidy(self, "postcode")


class WorkForm(SectionForm):
    work_phone = phone_field("Work telephone")

    class Meta:
        model = Person
        fields = ("work_organisation", "work_role", "work_email", "work_phone", "work_postcode")
        labels = {
            "work_organisation": "Organisation",
            "work_role": "Job title",
            "work_email": "Work e-mail address",
            "work_postcode": "Work postcode",
        }
        help_texts = {"work_organisation": "If you work for yourself, write “Self-employed”."}
        widgets = {
            "work_organisation": text_input("organization"),
            "work_role": text_input("organization-title"),
            "work_postcode": text_input("work postal-code"),
        }
        error_messages = {
            "work_organisation": required(
                "Enter the organisation you work for, or “Self-employed”."
            ),
            "work_role": required("Enter your job title."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("work_organisation", "work_role"):
            self.fields[name].required = not self.may_wait

    def clean(self) -> None:
        super().clean()
        if is_in_the_uk(self.instance.country):
            tidy(self, "work_postcode")


class PracticeForm(SectionForm):
    marks_optional = False
    practice = forms.ChoiceField(
        label="Where do you practise case management now?",
        choices=Application.Practice.choices,
        widget=forms.RadioSelect,
        error_messages=required("Choose where you practise, or that you do not practise."),
    )
    nation = forms.ChoiceField(
        label="If you practise in the UK, where mostly?",
        choices=Application.Nation.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Social workers have a regulator of their own in each nation.",
    )

    class Meta:
        model = Application
        fields = ("practice", "nation")

    def clean(self) -> None:
        super().clean()
        practice = self.cleaned_data.get("practice")
        if practice == Application.Practice.UK:
            self.requires("nation", "Choose the nation in which you mostly practise.")
        elif practice:
            self.cleaned_data["nation"] = ""


class RouteForm(SectionForm):
    vocational_only = forms.TypedChoiceField(
        label="Do you have a clinical qualification and a registered body?",
        choices=[
            ("no", "Yes, I am registered, for example with the NMC or the HCPC"),
            (
                "yes",
                (
                    "No, I have no clinical qualification or registered body: I am a vocational "
                    "case manager"
                ),
            ),
        ],
        coerce=lambda code: code == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=(
            "Vocational case managers need no registered body. Their only area of expertise is "
            "then “Vocational”."
        ),
        error_messages=required("Choose whether you have a registered body."),
    )

    class Meta:
        model = Application
        fields = ("vocational_only",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.vocational_only
        self.initial["vocational_only"] = {True: "yes", False: "no", None: ""}[known]


def is_in_the_uk(country: str) -> bool:
    return " ".join(country.casefold().split()) in UNITED_KINGDOM


def is_crown_dependency(country: str) -> bool:
    return " ".join(country.casefold().split()) in CROWN_DEPENDENCIES


def tidy(form: forms.Form | SectionForm, name: str) -> None:
    """Write a UK postcode the usual way, or say what one looks like."""
    typed = form.cleaned_data.get(name)
    if not typed:
        return
    try:
        form.cleaned_data[name] = tidy_postcode(typed)
    except forms.ValidationError:
        form.add_error(name, POSTCODE_WORDS)
