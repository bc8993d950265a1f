"""The office's pages that look over every room, beside those that Django admin makes."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from website import merge_pages, processing_pages, timeline_pages

app_name = "office"


def _page(way: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(way, admin.site.admin_view(view), name=name)


urlpatterns: list[URLPattern] = [
    _page("people/<int:pk>/timeline/", timeline_pages.timeline_of, "timeline"),
    _page("people/<int:pk>/timeline/export/", timeline_pages.export, "export_history"),
    _page("people/<int:pk>/merge/", merge_pages.choose, "merge"),
    _page("people/<int:pk>/merge/<int:other>/", merge_pages.confirm, "merge_confirm"),
    _page("mergers/<int:pk>/undo/", merge_pages.undo, "merge_undo"),
    _page("letters/<int:pk>/came-back/", timeline_pages.came_back, "letter_came_back"),
    _page("history/", timeline_pages.whole_history, "history"),
    _page("history/export/", timeline_pages.export_all, "export_whole_history"),
    _page("history/script/", timeline_pages.script, "history_script"),
    _page("processing/", processing_pages.record, "processing"),
    _page("processing/csv/", processing_pages.as_csv, "processing_csv"),
    _page("processing/document/", processing_pages.as_markdown, "processing_markdown"),
]
