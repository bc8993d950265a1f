"""Which news a member wants, each kind agreed to by itself; and what the office writes."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from benefits import news
from benefits.models import Announcement, Topic
from foundation import writing
from foundation.choices import KnownChoicesField
from membership.admin.forms import OfficeForm
from membership.models import Person
from membership.types import MembershipType

MARKDOWN = (
    "Markdown: ## for a heading, **bold**, - for a list, 1. for steps, [words](/address/) for a "
    "link. Begin with a greeting for everybody, such as “Dear member”: all get the same words."
)


class NewsForm(forms.Form):
    """A box for each topic; nothing is ticked for anybody beforehand."""

    topics = forms.TypedMultipleChoiceField(
        label="Which news would you like by e-mail?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the kinds of news shown."},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = news.choices(person)
        topics: Any = self.fields["topics"]
        topics.choices = [(topic.pk, topic.wording) for topic, _held in found]
        self.initial = {"topics": [topic.pk for topic, held in found if held]}


class AnnouncementForm(forms.ModelForm):
    """What is announced, and to whom."""

    types = forms.MultipleChoiceField(
        label="Membership types",
        choices=[(one.value, one.label) for one in MembershipType],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: members of every type.",
    )

    class Meta:
        model = Announcement
        fields = ("subject", "text", "topics", "types")
        field_classes = {"topics": KnownChoicesField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 20, "cols": 100, "spellcheck": "true"}),
            "topics": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "text": MARKDOWN,
            "topics": "It goes to whoever agreed to news of any of these.",
        }
        error_messages = {
            "subject": {"required": "Write a subject."},
            "text": {"required": "Write the letter."},
            "topics": {"required": "Tick what it is about: it goes to those who agreed to that."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            topics: Any = self.fields["topics"]
            topics.queryset = Topic.objects.all()

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if not writing.plain(text):
            raise ValidationError("Write the letter: this has no words.")
        return text


class SendForm(OfficeForm):
    """When it goes."""

    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        label="When does it go?",
        choices=[(NOW, "Now"), (LATER, "At the time below")],
        widget=forms.RadioSelect,
        initial=NOW,
        error_messages={"required": "Choose when it goes."},
    )
    send_at = forms.DateTimeField(
        label="Day and time",
        required=False,
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
        help_text="For example 31/12/2026 09:00.",
        error_messages={"invalid": "Enter day and time such as 31/12/2026 09:00."},
    )

    def __init__(self, *args: Any, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("when") == self.LATER and "send_at" not in self.errors:
            moment = self.cleaned_data.get("send_at")
            if moment is None:
                self.add_error("send_at", "Enter the day and time at which it goes.")
            elif moment <= self.at:
                self.add_error("send_at", "This is past. Enter a time that is still to come.")
        return cleaned

    def moment(self) -> dt.datetime:
        later: dt.datetime | None = self.cleaned_data.get("send_at")
        return later if later and self.cleaned_data["when"] == self.LATER else self.at
