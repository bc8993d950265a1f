"""The mark that lets a form be shown again to whoever typed it."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.typed import FIELD, mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_by(context: dict[str, Any]) -> SafeString:
    """{% typed_by %} inside a form of a signed-in person; see foundation/typed.py."""
    mark = mark_of(context["request"].user.pk)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark)
