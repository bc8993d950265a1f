"""The boxes for evidence files; what a file contains is judged where it is kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from foundation.uploads import Kind

CHOOSE = "Choose a file to add: a PDF, a JPEG or a PNG."
ACCEPT = ",".join(suffix for kind in Kind for suffix in kind.suffixes)


class SeveralFiles(forms.FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = list(data or ())
        return [super(SeveralFilesField, self).clean(one, initial) for one in chosen or [None]]


class AddFilesForm(forms.Form):
    chosen = SeveralFilesField(
        label="Files",
        allow_empty_file=True,
        widget=SeveralFiles({"accept": ACCEPT}),
        error_messages={"required": CHOOSE},
    )


class ReplaceFileForm(forms.Form):
    file = forms.FileField(
        label="The new file",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={"required": CHOOSE},
    )
