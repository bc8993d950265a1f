"""What somebody types who complains, and what the office answers."""

from django import forms

from foundation.captcha import CaptchaMixin
from foundation.fields import WordsField
from website.complaints import Told
from website.models import Complaint


class ComplaintForm(CaptchaMixin, forms.ModelForm):
    """What happened, to whom, and what would put it right."""

    class Meta:
        model = Complaint
        fields = ("about", "what", "wish", "name", "email", "for_whom")
        labels = {
            "about": "What is it about?",
            "what": "What happened, and when?",
            "wish": "What would put it right?",
            "name": "Your name",
            "for_whom": "Whom do you complain for, if not for yourself?",
        }
        help_texts = {
            "what": "Please leave out names of clients and medical details.",
            "for_whom": "We ask them whether they agree.",
        }
        widgets = {
            "about": forms.RadioSelect,
            "what": forms.Textarea(attrs={"rows": 6}),
            "wish": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "about": {"required": "Choose what it is about."},
            "what": {"required": "Tell us what happened."},
            "name": {"required": "Enter your name."},
            "email": {
                "required": "Enter your e-mail address, so that we can answer.",
                "invalid": "Enter an e-mail address such as name@example.org.",
            },
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        about.choices = Complaint.About.choices  # type: ignore[attr-defined]
        self.order_fields([*self.Meta.fields, "answer", "nickname", "question_token"])

    def told(self) -> Told:
        """What was typed."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Told(**typed, sent_once=self.sent_once())


class ProgressForm(forms.Form):
    """What was done, and whether to tell."""

    words = WordsField(label="What was done or found", rows=4, missing="Write what was done.")
    tell = forms.BooleanField(label="Write this to them as well", required=False)


class OutcomeForm(forms.Form):
    """What the person is told."""

    words = WordsField(
        label="The outcome, as they will read it",
        rows=6,
        missing="Write the outcome: it is sent to them.",
    )
