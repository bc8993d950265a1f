"""What a purchaser writes to members, and what both sides answer."""

from typing import Any

from django import forms
from django.core.validators import slug_re
from django.utils.datastructures import MultiValueDict
from phonenumber_field.formfields import PhoneNumberField

from directory.enquiries import Message
from directory.wording import one_line
from foundation.captcha import CaptchaMixin
from foundation.fields import WordsField

NO_CLIENTS = "Do not include client names or medical details."


class EnquiryForm(CaptchaMixin, forms.Form):
    """What a purchaser writes to one member, or to several at once."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    organisation = forms.CharField(
        label="Your organisation",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Answers reach you here, through us. The case manager does not see it.",
        error_messages={
            "required": "Enter your e-mail address, so that you can be answered.",
            "invalid": "Enter an e-mail address such as name@example.org.",
        },
    )
    phone = PhoneNumberField(
        label="Your telephone number",
        required=False,
        region="GB",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Only if you would like to be called: it is passed on.",
        error_messages={"invalid": "Enter a telephone number such as 020 7946 0000, or none."},
    )
    message = WordsField(
        label="Your message",
        rows=8,
        max_length=3000,
        help_text=NO_CLIENTS,
        missing="Write what you are looking for.",
    )
    field_order = ("name", "organisation", "email", "phone", "message", "answer", "nickname")

    def wording(self) -> Message:
        written = self.cleaned_data
        return Message(
            name=one_line(written["name"]),
            email=written["email"],
            message=written["message"],
            organisation=one_line(written["organisation"]),
            phone=str(written["phone"] or ""),
        )


class ReplyForm(forms.Form):
    """What one side answers the other."""

    message = WordsField(
        label="Your answer",
        rows=8,
        max_length=3000,
        help_text=NO_CLIENTS,
        missing="Write your answer.",
    )


def slugs_of(data: "MultiValueDict[str, Any]") -> list[str]:
    """Whom a page about several members is for, each once, in the order asked for."""
    named = [str(slug) for slug in data.getlist("to")]
    return list(dict.fromkeys(slug for slug in named if slug_re.fullmatch(slug)))
