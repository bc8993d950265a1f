"""Letters that many get in the same words but for a few: drawn once, and filled in for each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from foundation import letter_page

BLANK = re.compile("(\0[^\0]+\0)")
# Words that are the same in text and in HTML, whatever stands beside them.
PLAIN = re.compile(r"\w+([ -]\w+)*")


class UnknownBlank(LookupError):
    """The letter tells something of its reader that was not named."""


class _Blanks:
    """Stands for a row in a letter that is drawn for many: what it knows are blanks."""

    def __init__(self, row: str, names: Sequence[str]) -> None:
        for name in names:
            setattr(self, name, _blank(row, name))

    def __getattr__(self, name: str) -> str:
        raise UnknownBlank(name)


class Alike:
    """A letter that many get in the same words but for a few: drawn once, and filled in for each.

    `blanks` names the rows that differ, and what the letter tells of them. Where that is not plain
    words, a letter is drawn alone as every other.
    """

    def __init__(
        self, kind: str, context: Mapping[str, Any], blanks: Mapping[str, Sequence[str]]
    ) -> None:
        self._kind, self._context, self._blanks = kind, context, blanks
        standing_in = {row: _Blanks(row, names) for row, names in blanks.items()}
        drawn = letter_page.render(kind, {**context, **standing_in})
        self._pieces = [BLANK.split(words) for words in drawn]
        self._is_whole = _is_whole(
            drawn, [_blank(row, name) for row, names in blanks.items() for name in names]
        )

    def to(self, **rows: object) -> tuple[str, str, str]:
        """Subject, plain text and HTML for one reader."""
        told = {
            _blank(row, name): str(getattr(rows[row], name))
            for row, names in self._blanks.items()
            for name in names
        }
        if not (self._is_whole and all(map(PLAIN.fullmatch, told.values()))):
            return letter_page.render(self._kind, {**self._context, **rows})
        subject, text, html = (
            "".join([told.get(piece, piece) for piece in pieces]) for pieces in self._pieces
        )
        return subject, text, html


def _is_whole(drawn: Sequence[str], blanks: Sequence[str]) -> bool:
    """Whether a template, or a link, did nothing with its blanks but say them."""
    for blank in blanks:
        subject, text, html = (words.count(blank) for words in drawn)
        bare = blank.strip("\0").casefold()
        said = tuple(words.casefold().count(bare) for words in drawn)
        # The page has the words of the text, and its subject twice.
        if said != (subject, text, html) or html != 2 * subject + text:
            return False
    return all(set(BLANK.findall(words)) <= set(blanks) for words in drawn)


def _blank(row: str, name: str) -> str:
    """No filter of a template leaves its letters as they are, and none else has them."""
    return f"\0{row}-{name.swapcase()}a\0"
