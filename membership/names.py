"""Pure: whether a name in a public register can be the name that somebody applied under."""

import re
import unicodedata

APOSTROPHES = re.compile(r"['’.]")
NOT_A_LETTER = re.compile(r"[\W\d_]+")
# Letters that are no letter with an accent, as registers write them.
SPELT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def is_same(shown: str, *, given: str, family: str) -> bool:
    """Case, accents, hyphens, order, more middle names and initials make no difference.

    Every word of the family name must be shown, and a given name or its initial beside it.
    """
    words, wanted = _words(shown), _words(family)
    for word in wanted:
        if word not in words:
            return False
        words.remove(word)
    stated = _words(given)
    if not (wanted and words and stated):
        return bool(wanted) and not stated
    return any(_fits(one, other) for one in words for other in stated)


def _words(name: str) -> list[str]:
    whole = APOSTROPHES.sub("", name.casefold()).translate(SPELT)
    split = unicodedata.normalize("NFKD", whole)
    bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return NOT_A_LETTER.sub(" ", bare).split()


def _fits(one: str, other: str) -> bool:
    """The same word, or either is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
