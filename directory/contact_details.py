"""Finds e-mail addresses, telephone numbers and postcodes in text that the public will read."""

import re

PATTERNS = (
    ("an e-mail address", re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    ("a telephone number", re.compile(r"(?<!\w)\+?\(?\d(?:[\s().-]*\d){8,}")),
    ("a postcode", re.compile(r"(?i)\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b")),
)


def kind_of_detail(text: str) -> str:
    """Return “a telephone number”, say, for the first kind that the text holds, or nothing."""
    return next((words for words, pattern in PATTERNS if pattern.search(text)), "")
