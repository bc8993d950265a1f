"""Shows an answer of the frequently asked questions."""

from collections.abc import Mapping

from django import template

from website import faq

register = template.Library()


@register.inclusion_tag("website/_answer.html")
def answer(text: str, figures: Mapping[str, str]) -> dict[str, object]:
    return {"blocks": faq.blocks(text, figures)}
