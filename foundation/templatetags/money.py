"""Shows pence as pounds in templates."""

from django import template

from foundation.pence import pounds as _pounds

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    return "" if pence is None else _pounds(pence)
