"""Shows an answer of the frequently asked questions."""

from collections.abc import Mapping
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from website import faq

register = template.Library()


@register.simple_tag
def answer(text: str, figures: Mapping[str, str]) -> SafeString:
    """The answer with its figures and links; the same words are drawn once."""
    return _drawn(text, tuple(figures.items()))


@lru_cache(maxsize=200)
def _drawn(text: str, figures: tuple[tuple[str, str], ...]) -> SafeString:
    blocks = faq.blocks(text, dict(figures))
    return SafeString(render_to_string("website/_answer.html", {"blocks": blocks}))
