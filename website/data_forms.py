"""What people type about their data, and what the office answers."""

from django import forms

from foundation.captcha import CaptchaMixin
from foundation.fields import WordsField
from membership.admin.forms import OfficeForm
from records.pack import Verdict

ABOUT = (
    ("name", "My name, for example after marriage"),
    ("evidence", "A qualification, a registration or a job that the office has checked"),
    ("dates", "A date, such as when I joined or left"),
    ("other", "Something else"),
)


class AddressForm(CaptchaMixin):
    """An address to which the link goes; whether we know it is told to its reader alone."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="The one under which you wrote to us, or to which we wrote.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address: the link goes there.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )
    field_order = ("email", "answer", "nickname", "question_token")


class WordsForm(forms.Form):
    """What is wrong, and how it should be."""

    words = WordsField(
        label="What is wrong, and how should it be?",
        rows=5,
        max_length=3000,
        help_text="If a paper shows it, say which: we tell you how to let us see it.",
        missing="Write what is wrong and how it should be.",
    )


class CorrectionForm(WordsForm):
    """The same for somebody with an account, who says what it is about."""

    about = forms.ChoiceField(
        label="What is it about?",
        choices=ABOUT,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about."},
    )
    field_order = ("about", "words")

    def text(self) -> str:
        """Both answers as one text for the office."""
        return f"{dict(ABOUT)[self.cleaned_data['about']]}.\n\n{self.cleaned_data['words']}"


class EraseAddressForm(forms.Form):
    """That somebody without an account means it."""

    understood = forms.BooleanField(
        label="I understand that what goes is gone for good",
        error_messages={"required": "Tick the box if you want your data to be erased."},
    )


class DecideForm(OfficeForm):
    """What the person is given of another person's words."""

    verdict = forms.ChoiceField(
        label="What do we give them?",
        choices=[
            (Verdict.WHOLE, "All of it, as it stands above"),
            (Verdict.REDACTED, "A part: what I write below"),
            (Verdict.WITHHELD, "Nothing, on the ground that I write below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they are given."},
    )
    words = WordsField(
        label="The part that is given, or the ground for giving nothing",
        rows=6,
        help_text=(
            "They read these words. Grounds, for example: a reference given in confidence (Data "
            "Protection Act 2018, schedule 2, paragraph 24); it would tell of another person who "
            "does not agree (schedule 2, paragraph 16); legal privilege (paragraph 19)."
        ),
    )

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        wants_words = self.cleaned_data.get("verdict") in (Verdict.REDACTED, Verdict.WITHHELD)
        if wants_words and not str(self.cleaned_data.get("words", "")).strip():
            self.add_error("words", "Write the part that is given, or the ground for nothing.")
        return cleaned


class ExtendForm(OfficeForm):
    """Why a month is not enough; they read it."""

    because = WordsField(
        label="Why do we need two months more?",
        rows=4,
        help_text="Only where it is hard, or they asked for much at once. They read these words.",
        missing="Write why: they are told.",
    )


class AnswerForm(OfficeForm):
    """Closes a request to see: the words are for the letter, if there are any."""

    words = WordsField(label="Anything to add to the letter?", rows=4)


class CorrectedForm(OfficeForm):
    """Closes a request to correct; a new name is written with it."""

    given_name = forms.CharField(label="First name, if it changes", max_length=80, required=False)
    family_name = forms.CharField(label="Surname, if it changes", max_length=80, required=False)
    words = WordsField(
        label="What was put right, or why not, as they will read it",
        rows=4,
        missing="Write the answer: it is sent to them.",
    )
