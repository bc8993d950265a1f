"""Lists of Django admin whose cells say which column they are of: on a phone rows are cards."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()
TICK, EMPTY = "action-checkbox", "-"


@register.filter
def titled(name: object, kind: str) -> str:
    """What stands above a page about one row: its kind, unless the name says it."""
    words = str(name)
    is_said = words.lower().startswith(str(kind).lower())
    return capfirst(words) if is_said else f"{capfirst(kind)}: {words}"


@register.filter
def labelled(cells: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """Cells of one row, each with the words of its header; a box to tick has none."""
    return [_labelled(cell, header["text"]) for cell, header in zip(cells, headers, strict=False)]


def _labelled(cell: SafeString, words: str) -> SafeString:
    """Of Django's own cells each has a class; what is empty need not stand on a card."""
    tag, rest = cell[:3], cell[3:]
    if TICK in cell[:30]:
        return cell
    if f">{EMPTY}<" in cell:
        rest = rest.replace('class="', 'class="is-empty ', 1)
    return SafeString(tag + format_html(' data-column="{}"', capfirst(words)) + rest)
