"""The pieces of pages that hold other pieces, and the small questions that partials ask."""

from functools import lru_cache

import segno
from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from foundation.look import Tone

register = template.Library()

# What the header marks as the part of the site that somebody is in.
PARTS_OF_THE_SITE = (
    "/membership/",
    "/directory/",
    "/events/",
    "/records/",
    "/about/",
    "/notices/",
    "/faq/",
)


@register.simple_block_tag
def card(
    content: str, title: str = "", *, tone: str = Tone.PLAIN, level: int = 2, url: str = ""
) -> SafeString:
    """{% card "Your fee" tone="act" %}…{% endcard %}: a box with a heading; its words may link."""
    given = {"content": content, "title": title, "tone": tone, "level": level, "url": url}
    return SafeString(render_to_string("partials/card.html", given))


@register.filter
def label_words(label: str) -> SafeString:
    """A label whose “(optional)” is as quiet as that of every other field."""
    words, is_optional, _rest = str(label).partition(" (optional)")
    if not is_optional:
        return escape(words)
    return format_html('{}<span class="optional"> (optional)</span>', words)


@register.filter
def unbroken(words: object) -> SafeString:
    """Words of which one with a hyphen, such as a number, is parted only if no line can hold it."""
    whole = (
        format_html('<span class="whole">{}</span>', word) if "-" in word else escape(word)
        for word in str(words).split(" ")
    )
    return SafeString(" ".join(whole))


@register.simple_tag
def site_footer() -> SafeString:
    """The same below every page: drawn once, and anew where a setting that it tells has changed."""
    return _footer(tuple(settings.SOCIETY.items()), is_demo=settings.DEMO)


@lru_cache(maxsize=8)
def _footer(society: tuple[tuple[str, str], ...], *, is_demo: bool) -> SafeString:
    given = {"society": dict(society), "demo": is_demo}
    return SafeString(render_to_string("partials/site_footer.html", given))


@register.simple_tag(takes_context=True)
def strangers_header(context: template.Context) -> SafeString:
    """Above every page of somebody who is not signed in: drawn once for each part of the site."""
    path = getattr(context.get("request"), "path", "")
    marked = " ".join(one for one in PARTS_OF_THE_SITE if one in path)
    return _header(tuple(settings.SOCIETY.items()), marked)


@lru_cache(maxsize=16)
def _header(society: tuple[tuple[str, str], ...], path: str) -> SafeString:
    given = {"society": dict(society), "request": {"path": path}}
    return SafeString(render_to_string("partials/site_header.html", given))


@register.filter
def qr_svg(content: str) -> SafeString:
    """A QR code as a drawing; screen readers pass over it and read the words beside it."""
    code = segno.make_qr(content, error="m")
    drawing = code.svg_inline(scale=4, border=4, omitsize=True, svgclass="qr", lineclass=None)
    return SafeString(drawing.replace("<svg ", '<svg aria-hidden="true" ', 1))


@register.filter
def first_id(field: BoundField) -> str:
    """Where a link to this field leads: its one control, or the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"
