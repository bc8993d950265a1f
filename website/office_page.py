"""How this room's pages for the office are drawn: inside the admin, with its title as heading."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def office_page(request: HttpRequest, name: str, *, title: str, **context: Any) -> HttpResponse:
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/website/{name}.html", everything)
