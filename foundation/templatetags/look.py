"""The pieces of pages that hold other pieces, and the small questions that partials ask."""

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.look import Tone

register = template.Library()


@register.simple_block_tag
def card(
    content: str, title: str = "", *, tone: str = Tone.PLAIN, level: int = 2, url: str = ""
) -> SafeString:
    """{% card "Your fee" tone="act" %}…{% endcard %}: a box with a heading; its words may link."""
    given = {"content": content, "title": title, "tone": tone, "level": level, "url": url}
    return SafeString(render_to_string("partials/card.html", given))


@register.filter
def first_id(field: BoundField) -> str:
    """Where a link to this field leads: its one control, or the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"
