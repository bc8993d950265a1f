"""Shows pence as pounds in templates."""

from django import template

from foundation.pence import pounds as _pounds
from foundation.pence import price as _price

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    return "" if pence is None else _pounds(pence)


@register.filter
def price(pence: int | None) -> str:
    return "" if pence is None else _price(pence)
