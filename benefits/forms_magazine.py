"""What the office types for an issue, and the file it sends with it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from benefits import issue_files
from benefits.models import Article, Issue
from foundation import writing
from foundation.uploads import Checked, Refused


class IssueForm(forms.ModelForm):
    """An issue, its file checked before anything is kept."""

    file = forms.FileField(
        label="The issue as a PDF",
        required=False,
        help_text="PDF, without scripts or hidden files.",
    )
    remove_file = forms.BooleanField(label="Take the PDF away", required=False)

    class Meta:
        model = Issue
        fields = ("number", "title", "published_on", "cover_text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checked: Checked | None = None
        if "file" in self.fields:
            self.fields["file"].help_text = self._about_file()
        if not self._has_file():
            self.fields.pop("remove_file", None)

    def _has_file(self) -> bool:
        return self.instance.pk is not None and hasattr(self.instance, "file")

    def _about_file(self) -> str:
        limits = (
            f"Up to {filesizeformat(settings.ISSUE_MAX_BYTES)}, without scripts or hidden files."
        )
        if not self._has_file():
            return limits
        return f"There is “{self.instance.file.name}”. Another takes its place. {limits}"

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload:
            try:
                self.checked = issue_files.checked(upload)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("published_on") and not self._has_something_to_read():
            self.add_error(
                "published_on",
                "There is nothing to read in it yet. Save it without a day, add an article or the "
                "PDF, and give it its day then.",
            )
        return cleaned

    def _has_something_to_read(self) -> bool:
        if self.checked is not None:
            return True
        if self.instance.pk is None:
            return False
        keeps_file = not self.cleaned_data.get("remove_file")
        return (keeps_file and self._has_file()) or self.instance.articles.exists()


class ArticleForm(forms.ModelForm):
    """An article, whose text must have words."""

    class Meta:
        model = Article
        fields = ("issue", "position", "title", "slug", "author", "teaser", "text")
        widgets = {
            "teaser": forms.Textarea(attrs={"rows": 3, "cols": 100}),
            "text": forms.Textarea(attrs={"rows": 24, "cols": 100, "spellcheck": "true"}),
        }

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if not writing.plain(text):
            raise ValidationError("Write the article: this has no words.")
        return text
