"""The office's pages: written here, looked at as everybody would see them, then published."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.own_pages import OwnPage, OwnPages
from membership.models import User
from website import pages, publishing
from website.models import Page, PageVersion
from website.page_forms import PageForm


class PageAdmin(OwnPages):
    """A page keeps its address; what it says is a new version each time it is saved."""

    form = PageForm
    list_display = ("latest_title", "kind", "slug", "position", "owner", "is_out")
    list_filter = ("kind",)
    ordering = ("kind", "position", "-pk")
    fields = ("kind", "title", "slug", "summary", "text", "position", "owner")
    change_form_template = "admin/website/page/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        versions = PageVersion.objects.filter(page=OuterRef("pk")).order_by("-number")
        found: QuerySet[Page] = super().get_queryset(request)
        return found.annotate(
            latest=Subquery(versions.values("title")[:1]),
            out=Exists(versions.filter(is_published=True)),
        )

    @admin.display(description="title", ordering="latest")
    def latest_title(self, page: Any) -> str:
        return str(page.latest or page.slug)

    @admin.display(description="published", boolean=True)
    def is_out(self, page: Any) -> bool:
        return bool(page.out)

    def get_readonly_fields(self, request: HttpRequest, obj: Page | None = None) -> tuple[str, ...]:
        return ("kind", "slug") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Page, form: PageForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        publishing.write(obj.pk, form.words(), by=_officer(request), at=timezone.now())

    def response_post_save_add(self, request: HttpRequest, obj: Page) -> HttpResponseRedirect:
        return _latest(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Page) -> HttpResponseRedirect:
        return _latest(obj)

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        if not object_id.isdecimal():
            return {}
        versions = PageVersion.objects.select_related("written_by", "published_by")
        return {"versions": versions.filter(page_id=int(object_id)).order_by("-number")}

    def own_pages(self) -> Sequence[OwnPage]:
        one = "<int:pk>/versions/<int:number>/"
        return (
            (one, look, "website_page_version"),
            (f"{one}publish/", publish, "website_page_publish"),
            (f"{one}restore/", restore, "website_page_restore"),
            ("<int:pk>/take-down/", take_down, "website_page_take_down"),
        )


@require_safe
def look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as everybody would see it, with the steps that may be taken from here."""
    _allow(request, "website.view_page")
    version = get_object_or_404(PageVersion.objects.select_related("page"), page=pk, number=number)
    newest = version.page.versions.order_by("-number").values_list("number", flat=True)[0]
    shown = pages.shown(version, on=timezone.localdate())
    context = {"version": version, "shown": shown, "is_newest": newest == number}
    return render(request, "website/page_version.html", context)


@require_POST
def publish(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    _allow(request, "website.publish_page")
    version = get_object_or_404(PageVersion, page=pk, number=number)
    try:
        publishing.publish(pk, number, by=_officer(request), at=timezone.now())
    except publishing.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{version.title}” is out: everybody reads it from now on.")
    return redirect("admin:website_page_change", pk)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    _allow(request, "website.change_page")
    version = get_object_or_404(PageVersion, page=pk, number=number)
    publishing.restore(pk, number, by=_officer(request), at=timezone.now())
    messages.success(request, f"Version {number} is the latest again. Publish it if it is right.")
    return _latest(version.page)


@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    _allow(request, "website.publish_page")
    page = get_object_or_404(Page, pk=pk)
    try:
        publishing.take_down(page.pk, by=_officer(request), at=timezone.now())
    except publishing.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Nobody can read it any more. Its versions are kept.")
    return redirect("admin:website_page_change", pk)


def _latest(page: Page) -> HttpResponseRedirect:
    number = page.versions.order_by("-number").values_list("number", flat=True)[0]
    return redirect("admin:website_page_version", page.pk, number)


def _allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _officer(request: HttpRequest) -> User:
    user: Any = request.user
    return User.objects.get(pk=user.pk)
