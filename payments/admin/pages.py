"""What the pages about bank statements share: where their templates lie, and their title."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


def admin_page(
    request: HttpRequest, template: str, title: str, **context: Any
) -> tuple[str, dict[str, Any]]:
    """Template and context for `render`; the title is the heading, too."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return f"admin/payments/bank/{template}.html", everything
