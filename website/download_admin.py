"""The office's files: title and place first, then the file, its versions, whether it is out."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.own_pages import OwnPage, OwnPages
from foundation.uploads import Kind, Refused, answer
from membership.admin.pages import posted, require
from membership.models import User
from website import downloads
from website.desk_admin import Facts, step_page
from website.models import Download, DownloadFile

SEE, CHANGE = "website.view_download", "website.change_download"
ACCEPT = ",".join(suffix for kind in Kind for suffix in kind.suffixes)


class UploadForm(forms.Form):
    """The box for the file; what it contains is judged where it is kept."""

    file = forms.FileField(
        label="The file",
        help_text="A PDF, a JPEG or a PNG. Everybody can load it as soon as it is kept.",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={"required": "Choose a file: a PDF, a JPEG or a PNG."},
    )


class DownloadAdmin(OwnPages):
    """What it is called and where it stands; the file is a step of its own."""

    list_display = ("title", "page", "position", "slug", "is_out")
    list_filter = ("page",)
    list_select_related = ("page",)
    ordering = ("page__position", "position", "pk")
    fields = ("title", "slug", "summary", "page", "position")
    prepopulated_fields = {"slug": ("title",)}
    change_form_template = "admin/website/download/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """On to the file, for whoever may add one."""
        if not request.user.has_perm(CHANGE):
            return super().response_post_save_add(request, obj)
        return redirect("admin:website_download_upload", obj.pk)

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        if not object_id.isdecimal():
            return {}
        files = DownloadFile.objects.told().select_related("added_by")
        return {"files": files.filter(download_id=int(object_id)).order_by("-number")}

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/upload/", upload, "website_download_upload"),
            ("<int:pk>/files/<int:number>/", load, "website_download_file"),
            ("<int:pk>/take-down/", take_down, "website_download_take_down"),
            ("<int:pk>/put-back/", put_back, "website_download_put_back"),
        )


def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a file and let it out, or say how to mend it."""
    by, download = require(request, CHANGE), get_object_or_404(Download, pk=pk)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        try:
            checked = downloads.examined(form.cleaned_data["file"])
            file = downloads.add(pk, checked, by=by, at=timezone.now())
        except (Refused, downloads.NotPossible) as refused:
            form.add_error("file", str(refused))
        else:
            words = f"“{file.name}” is out, {filesizeformat(file.bytes)}: everybody can load it."
            messages.success(request, words)
            return redirect("admin:website_download_change", pk)
    facts: Facts = [("Title", download.title), ("Listed on", download.page)]
    return step_page(
        request, download, form, title="Add the file", button="Check and keep it", facts=facts
    )


@require_safe
def load(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version, also of a file that is not out."""
    require(request, SEE)
    file = get_object_or_404(DownloadFile, download=pk, number=number)
    return answer(bytes(file.content), kind=Kind(file.kind), name=file.name)


@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    by = require(request, CHANGE)
    return _step(request, pk, downloads.take_down, by, "Nobody can load it any more.")


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    by = require(request, CHANGE)
    return _step(request, pk, downloads.put_back, by, "Everybody can load it again.")


def _step(
    request: HttpRequest, pk: int, step: Callable[..., None], by: User, words: str
) -> HttpResponse:
    download = get_object_or_404(Download, pk=pk)
    try:
        step(download.pk, by=by, at=timezone.now())
    except downloads.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("admin:website_download_change", pk)
