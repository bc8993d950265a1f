"""Pages of the office's own below a list of Django admin."""

from collections.abc import Callable, Sequence

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, path

OwnPage = tuple[str, Callable[..., HttpResponseBase], str]
"""Its way below the list's address, its view, and its name."""


class OwnPages(admin.ModelAdmin):
    """Only staff come in; each page checks for itself which of them may open it."""

    def own_pages(self) -> Sequence[OwnPage]:
        return ()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(way, self.admin_site.admin_view(view), name=name)
            for way, view, name in self.own_pages()
        ]
        return own + super().get_urls()
