"""What the office has of its own in Django admin: pages below a list, and words beside its rows."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

OwnPage = tuple[str, Callable[..., HttpResponseBase], str]
"""Its way below the list's address, its view, and its name."""


class OwnPages(admin.ModelAdmin):
    """Only staff come in; each page checks for itself which of them may open it."""

    def own_pages(self) -> Sequence[OwnPage]:
        return ()

    def beside_list(self, request: HttpRequest) -> dict[str, Any]:
        """What the template of the list shows beside it."""
        return {}

    def beside_row(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What the template of one row shows beside it; the id is as it was typed."""
        return {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What Django calls a slug is the end of an address to everybody else."""
        if db_field.name == "slug":
            kwargs.setdefault("label", "Address")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(way, self.admin_site.admin_view(view), name=name)
            for way, view, name in self.own_pages()
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**self.beside_list(request), **(extra_context or {})}
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = {**self.beside_row(request, object_id), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)
