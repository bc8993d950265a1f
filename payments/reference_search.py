"""Finds our references in what a bank wrote, whole or mistyped. Pure.

Only a whole reference is proof: CMS, seven digits, a right check digit, nothing but separators
between them and no eighth digit behind. Everything else is a hint for a person to look at.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import IntEnum

from payments.references import PREFIX, check_digit, is_reference

DIGITS = 7
_PREFIX = re.compile(r"C[\s./-]*M[\s./-]*S", re.ASCII)
_PREFIX_ALIKE = re.compile(r"C[\s./-]*M[\s./-]*5", re.ASCII)
_GROUP = re.compile(_PREFIX.pattern + r"[\s./-]*(\d{4,6})(?!\d)", re.ASCII)
_SYMBOL = re.compile(r"[\s./-]*([0-9A-Z|])", re.ASCII)
_BARE = re.compile(r"(?<!\d)(?:\d[ -]?){6}\d(?!\d)", re.ASCII)
_ALIKE = str.maketrans("OQDILSZGBT|", "00011526871")


class Found(IntEnum):
    """How a reference was found; the number is the points that it is worth."""

    WHOLE = 70
    ALIKE = 62
    SWAPPED = 54
    WRONG_DIGIT = 50
    MISSING_DIGIT = 48
    EXTRA_DIGIT = 47
    BARE = 46
    CUT = 30


WORDS = {
    Found.WHOLE: "the reference is there",
    Found.ALIKE: "the reference is there with letters for digits, such as O for 0",
    Found.SWAPPED: "the reference is there with two digits swapped",
    Found.WRONG_DIGIT: "the reference is there with one wrong digit",
    Found.MISSING_DIGIT: "the reference is there without one of its digits",
    Found.EXTRA_DIGIT: "the reference is there with a digit too many",
    Found.BARE: "the number is there without CMS in front",
    Found.CUT: "the beginning of the reference is there",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """Digits of one of our references, and how they were found."""

    digits: str
    found: Found


def whole_references(text: str) -> list[str]:
    """The digits of every whole reference, each once, whether or not it is anybody's."""
    return list(dict.fromkeys(digits for symbols in _runs(text) if (digits := _whole(symbols))))


def hints(text: str, known: Container[str]) -> list[Hint]:
    """Every known reference that the text may mean, the best way of finding it for each."""
    best: dict[str, Found] = {}
    for hint in _all_hints(text.upper(), known):
        if hint.digits not in best or hint.found > best[hint.digits]:
            best[hint.digits] = hint.found
    return [Hint(digits, found) for digits, found in best.items()]


def cut_beginnings(text: str) -> list[str]:
    """Digits after a CMS at which the bank cut the text off: four to six of them."""
    return _GROUP.findall(text.upper())


def _all_hints(upper: str, known: Container[str]) -> Iterator[Hint]:
    for symbols in _runs(upper):
        yield from _near(symbols, known)
    for symbols in _runs(_PREFIX_ALIKE.sub(PREFIX, upper)) if _PREFIX_ALIKE.search(upper) else ():
        if (whole := _whole(symbols)) and whole in known:
            yield Hint(whole, Found.ALIKE)
    for digits in _GROUP.findall(upper):
        yield from _known(Found.MISSING_DIGIT, _missing_digit(digits), known)
    for match in _BARE.finditer(upper):
        digits = re.sub(r"\D", "", match[0])
        if digits in known:
            yield Hint(digits, Found.BARE)


def _runs(text: str) -> Iterator[list[str]]:
    """Up to eight letters or digits behind each CMS; a ninth place tells what touches the last."""
    upper = text.upper()
    for start in _PREFIX.finditer(upper):
        symbols: list[str] = []
        at = start.end()
        while len(symbols) < DIGITS and (symbol := _SYMBOL.match(upper, at)):
            symbols.append(symbol[1])
            at = symbol.end()
        if len(symbols) == DIGITS and upper[at : at + 1].isdigit():
            symbols.append(upper[at])
        yield symbols


def _whole(symbols: list[str]) -> str:
    digits = "".join(symbols)
    return digits if len(symbols) == DIGITS and is_reference(PREFIX + digits) else ""


def _near(symbols: list[str], known: Container[str]) -> Iterator[Hint]:
    """What somebody who typed these symbols may have meant."""
    if (whole := _whole(symbols)) and whole in known:
        yield Hint(whole, Found.WHOLE)
        return
    alike = "".join(symbols[:DIGITS]).translate(_ALIKE)
    if alike in known and len(symbols) == DIGITS:
        yield Hint(alike, Found.ALIKE)
    digits = _leading_digits(symbols)
    for found, guesses in (
        (Found.SWAPPED, _swapped(digits)),
        (Found.WRONG_DIGIT, _wrong_digit(digits)),
        (Found.MISSING_DIGIT, _missing_digit(digits)),
        (Found.EXTRA_DIGIT, _extra_digit(digits)),
    ):
        yield from _known(found, guesses, known)


def _known(found: Found, guesses: list[str], known: Container[str]) -> Iterator[Hint]:
    return (Hint(guess, found) for guess in guesses if guess in known)


def _leading_digits(symbols: list[str]) -> str:
    written = "".join(symbols)
    return written[: len(written) - len(written.lstrip("0123456789"))]


def _swapped(digits: str) -> list[str]:
    if len(digits) != DIGITS:
        return []
    return [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(DIGITS - 1)
        if digits[at] != digits[at + 1]
    ]


def _wrong_digit(digits: str) -> list[str]:
    if len(digits) != DIGITS:
        return []
    return [
        digits[:at] + other + digits[at + 1 :]
        for at in range(DIGITS)
        for other in "0123456789"
        if other != digits[at]
    ]


def _missing_digit(digits: str) -> list[str]:
    """Six digits: the check digit was left out, or another one."""
    if len(digits) != DIGITS - 1:
        return []
    inside = [digits[:at] + one + digits[at:] for at in range(DIGITS) for one in "0123456789"]
    return [digits + check_digit(digits), *inside]


def _extra_digit(digits: str) -> list[str]:
    if len(digits) != DIGITS + 1:
        return []
    return [digits[:at] + digits[at + 1 :] for at in range(DIGITS + 1)]
