"""The name that a file came with, as text to show: never a path."""

import re
import unicodedata

from foundation.uploads.kinds import Kind

LONGEST = 100
NAMELESS = "file"


def tidy_name(name: str, kind: Kind) -> str:
    """“../../My  scan.PDF” as “My scan.PDF”; a wrong ending gets the right one behind it.

    Control characters and marks that turn the direction of reading are left out: they make a
    name look like another.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(" " if one.isspace() else one for one in last if one.isspace() or _shows(one))
    tidy = " ".join(shown.split()).rstrip(". ")
    ending = next((one for one in kind.suffixes if tidy.lower().endswith(one)), "")
    stem = tidy[: len(tidy) - len(ending)] if ending else tidy
    suffix = tidy[len(stem) :] or kind.suffixes[0]
    return (stem[: LONGEST - len(suffix)].strip(". ") or NAMELESS) + suffix


def _shows(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")
