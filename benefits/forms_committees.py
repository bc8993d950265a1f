"""What a member says who would help, and what the office answers."""

from django import forms

from benefits.models import Expression
from foundation.fields import WordsField
from membership.admin.forms import OfficeForm

State = Expression.State


class ExpressForm(forms.Form):
    """A few words are enough."""

    words = WordsField(
        label="What would you like to help with, and how much time do you have?",
        rows=5,
        max_length=1_000,
        help_text="A few words are enough. The office and the chair of the committee read them.",
        missing="Write a few words about what you would like to do.",
    )


class AnswerForm(OfficeForm):
    """Invite or thank; either goes as a letter."""

    state = forms.ChoiceField(
        label="What do we answer?",
        choices=[
            (State.INVITED, "Invite them to the committee"),
            (State.THANKED, "Thank them: there is no place at present"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what we answer."},
    )
    words = WordsField(
        label="Words of your own for the letter",
        rows=5,
        max_length=2_000,
        help_text="For example when the committee meets next, and who gets in touch.",
    )
