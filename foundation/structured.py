"""What a page says, once more in the words of schema.org, for search engines."""

import json
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

# As Django's json_script does it: nothing in the text can end the element that holds it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_json_ld(facts: Mapping[str, object]) -> SafeString:
    """What stands in a page's element of type application/ld+json."""
    words = json.dumps({"@context": "https://schema.org", **facts})
    return mark_safe(words.translate(ESCAPES))  # noqa: S308  # escaped right here
