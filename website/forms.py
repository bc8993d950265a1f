"""What visitors type on the public pages."""

from typing import Any

from django import forms
from phonenumber_field.formfields import PhoneNumberField

from foundation.captcha import CaptchaMixin
from website.callbacks import Wish
from website.inbox import Written
from website.models import CallbackRequest, Message


class CallbackForm(CaptchaMixin, forms.ModelForm):
    """Who would like to be called, when, and about what."""

    phone = PhoneNumberField(
        label="Telephone",
        region="GB",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="With the country's code if it is not a UK number, for example +353.",
        error_messages={
            "required": "Enter the number that we should call.",
            "invalid": "Enter a telephone number, for example 020 7946 0100 or +353 1 234 5678.",
        },
    )

    class Meta:
        model = CallbackRequest
        fields = ("name", "phone", "email", "best_time", "topic", "message")
        labels = {
            "name": "Your name",
            "best_time": "When may we call?",
            "topic": "What is it about?",
            "message": "Anything that we should know beforehand",
        }
        help_texts = {
            "email": "In case we cannot reach you.",
            "message": "Please leave out names of clients and medical details.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "best_time": forms.RadioSelect,
            "topic": forms.RadioSelect,
            "message": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            "name": {"required": "Enter your name."},
            "email": {"invalid": "Enter an e-mail address such as name@example.org, or nothing."},
            "best_time": {"required": "Choose when we may call."},
            "topic": {"required": "Choose what it is about."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        topic.choices = CallbackRequest.Topic.choices  # type: ignore[attr-defined]
        self.order_fields([*self.Meta.fields, "answer", "nickname", "question_token"])

    def wish(self) -> Wish:
        """What was asked for."""
        typed = self.cleaned_data
        return Wish(
            name=typed["name"],
            phone=str(typed["phone"]),
            email=typed["email"],
            best_time=typed["best_time"],
            topic=typed["topic"],
            message=typed["message"],
            sent_once=self.sent_once(),
        )


class ContactForm(CaptchaMixin, forms.ModelForm):
    """What somebody would like to tell or ask the office."""

    class Meta:
        model = Message
        fields = ("name", "email", "topic", "words")
        labels = {
            "name": "Your name",
            "topic": "What is it about?",
            "words": "Your message",
        }
        help_texts = {
            "email": "We answer to this address.",
            "words": "Please leave out names of clients and medical details.",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "topic": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {
            "name": {"required": "Enter your name."},
            "email": {
                "required": "Enter your e-mail address, so that we can answer.",
                "invalid": "Enter an e-mail address such as name@example.org.",
            },
            "topic": {"required": "Choose what it is about."},
            "words": {"required": "Write your message."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        topic.choices = Message.Topic.choices  # type: ignore[attr-defined]
        self.order_fields([*self.Meta.fields, "answer", "nickname", "question_token"])

    def written(self) -> Written:
        """What was typed."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Written(**typed, sent_once=self.sent_once())


class EraseForm(forms.Form):
    """That somebody means it: what is erased does not come back."""

    understood = forms.BooleanField(
        label="I understand that what goes is gone for good, and my login with it",
        error_messages={"required": "Tick the box if you want your data to be erased."},
    )
