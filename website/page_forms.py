"""What the office types on a page of the site, and what is wrong with it before it is kept."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from foundation import writing
from website import figures
from website.models import Page
from website.publishing import Words

MARKDOWN = (
    "Markdown: ## for a heading, **bold**, - for a list, 1. for steps, "
    "[words](/address/) for a link. Figures in braces, such as {months} or {fee:associate}, "
    "follow the rules in force."
)


def no_wrong_links(text: str) -> None:
    """Raises ValidationError for a link to an address of ours that there is not."""
    for link in writing.links(text):
        way = urlsplit(link)
        if way.scheme or way.netloc or not way.path:
            continue
        try:
            resolve(way.path)
        except Resolver404 as error:
            raise ValidationError(
                f"There is no page {link} on this site. Begin with https:// for another site, "
                "or with / for a page of this one."
            ) from error


def no_unknown_figures(text: str) -> None:
    """Raises ValidationError naming the figure that there is not, and those that there are."""
    if refusal := figures.refusal(text):
        raise ValidationError(refusal)


class PageForm(forms.ModelForm):
    """The place of a page, and its next version."""

    title = forms.CharField(max_length=120, error_messages={"required": "Give the page a title."})
    summary = forms.CharField(
        max_length=300,
        required=False,
        help_text="One sentence, for lists, feeds and search engines. Figures work here, too.",
        validators=[no_unknown_figures],
    )
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 24, "cols": 100, "spellcheck": "true"}),
        help_text=MARKDOWN,
        max_length=50_000,
        validators=[no_unknown_figures, no_wrong_links],
        error_messages={"required": "Write what the page says."},
    )

    class Meta:
        model = Page
        fields = ("kind", "slug", "position", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        if last is not None:
            words = {"title": last.title, "summary": last.summary, "text": last.text}
            self.initial = {**words, **self.initial}

    def words(self) -> Words:
        typed = self.cleaned_data
        return Words(typed["title"], typed["summary"], typed["text"].replace("\r\n", "\n").strip())
