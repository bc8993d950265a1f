"""The registered body: profession, body and number, and what the registers say of them."""

from django import forms

from membership.forms import mend_words, required
from membership.known import Known
from membership.models import Application
from membership.registers import (
    BODIES,
    PROFESSIONS,
    BodyKind,
    Nation,
    body_for,
    check_number,
    mismatch_words,
    normalise_number,
    registers_profession,
)

NATIONS = {
    Application.Nation.ENGLAND: Nation.ENGLAND,
    Application.Nation.SCOTLAND: Nation.SCOTLAND,
    Application.Nation.WALES: Nation.WALES,
    Application.Nation.NORTHERN_IRELAND: Nation.NORTHERN_IRELAND,
}


def profession_choices() -> list[tuple[str, str]]:
    """Those whom some body registers: the others need none."""
    known = [(code, one.label) for code, one in PROFESSIONS.items() if one.bodies]
    return [("", "Choose your profession"), *known]


def body_choices() -> list[tuple[str, object]]:
    """Regulators first; associations are not offered, because they do not count."""

    def of_kind(kind: BodyKind) -> list[tuple[str, str]]:
        return [
            (code, f"{body.name} ({code})") for code, body in BODIES.items() if body.kind is kind
        ]

    return [
        ("", "Choose the body"),
        ("Regulators", of_kind(BodyKind.STATUTORY)),
        ("Voluntary registers: a person will look", of_kind(BodyKind.VOLUNTARY)),
    ]


def association_choices() -> list[tuple[str, str]]:
    """Those besides our own society."""
    return [
        (code, f"{body.name} ({code})")
        for code, body in BODIES.items()
        if body.kind is BodyKind.ASSOCIATION and code != "CMSUK"
    ]


class RegistrationForm(forms.Form):
    """What a body does not register, or cannot have issued, is refused with what would fit."""

    profession = forms.ChoiceField(
        label="Your profession",
        choices=profession_choices,
        error_messages=required("Choose your profession."),
    )
    body = forms.ChoiceField(
        label="Which body are you registered with?",
        choices=body_choices,
        help_text=(
            "Associations such as RCOT, CSP or BPS are not regulators: choose the body that "
            "keeps the register."
        ),
        error_messages=required("Choose the body that you are registered with."),
    )
    number = forms.CharField(
        label="Registration number",
        max_length=20,
        help_text="For example 01A2345N (NMC) or OT12345 (HCPC). Spaces do not matter.",
        error_messages=required("Enter your registration number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    associations = forms.MultipleChoiceField(
        label="Which professional associations do you belong to? (optional)",
        choices=association_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The office notes them. They do not take the place of a registration.",
    )

    def __init__(
        self, *args: object, application: Application, may_wait: bool = False, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.nation = NATIONS.get(Application.Nation(application.nation or "CD"))
        self.warning = ""
        for field in self.fields.values():
            mend_words(field)
            field.required = not may_wait
        self.fields["associations"].required = False

    def clean_number(self) -> str:
        return normalise_number(self.cleaned_data["number"])

    def clean(self) -> None:
        super().clean()
        profession, body = self.cleaned_data.get("profession"), self.cleaned_data.get("body")
        if not (profession and body):
            return
        if not registers_profession(BODIES[body], profession):
            self.add_error("body", self._which_body(profession, body))
            return
        if self.nation is not None and self.nation not in BODIES[body].nations:
            self.warning = self._other_nation(profession, body)
        if self.cleaned_data.get("number"):
            self._check_number(body, profession)

    def _which_body(self, profession: str, body: str) -> str:
        """The regulator by name where the nation tells it, else all that there are."""
        fitting = body_for(profession, self.nation) if self.nation else None
        if fitting is None or profession != "social_worker":
            return mismatch_words(BODIES[body], profession)
        return (
            f"Social workers are not registered by the {BODIES[body].name}. You practise in "
            f"{self.nation}, where social workers register with {fitting.name}. Choose it here."
        )

    def _other_nation(self, profession: str, body: str) -> str:
        """People work across borders, so this is said and does not hold anybody up."""
        fitting = body_for(profession, self.nation) if self.nation else None
        name = fitting.name if fitting else "another body"
        return (
            f"You practise in {self.nation}, where this register is kept by {name}. Your "
            f"registration with {BODIES[body].name} is saved; change it if that was a slip."
        )

    def _check_number(self, body: str, profession: str) -> None:
        problem = check_number(BODIES[body], self.cleaned_data["number"], profession)
        if problem is not None and problem.blocks:
            self.add_error("number", problem.words)
        elif problem is not None:
            self.warning = f"{problem.words} Check it once more; it is saved as you wrote it."


def answers_of(known: Known) -> dict[str, object]:
    """What the page is filled with at first."""
    application, registration = known.application, known.registration
    joined = {"associations": [one.body for one in known.associations]}
    if registration is None:
        return {"profession": application.profession, **joined}
    return {
        **joined,
        "profession": registration.profession or application.profession,
        "body": registration.body,
        "number": registration.number,
    }
