"""How this room's own pages of the office are drawn: their templates, and their title."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin; its title is its heading, too."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/payments/{template}.html", everything)


def admin_page(
    request: HttpRequest, template: str, title: str, **context: Any
) -> tuple[str, dict[str, Any]]:
    """Template and context of a page about bank statements, for `render`."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return f"admin/payments/bank/{template}.html", everything
