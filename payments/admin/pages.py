"""How this room's own pages of the office are drawn."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin; its title is its heading, too."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/payments/{template}.html", everything)
