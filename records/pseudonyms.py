"""Says why a reference gives a client away: the register holds nobody's name or number."""

import re
import unicodedata
from collections.abc import Callable

import phonenumbers
from localflavor.gb.forms import GBPostcodeField

POSTCODE = re.compile(
    rf"(?<![A-Z0-9]){GBPostcodeField.outcode_pattern} ?{GBPostcodeField.incode_pattern}(?![A-Z0-9])"
)
TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ -]?\d){9}(?![ -]?\d)")
WORD = re.compile(r"[^\W\d_]+")
ORDINARY_WORDS = frozenset({"case", "client", "episode", "file", "matter", "record", "ref"})
LONGEST_CODE = 4
"""Letters in a row; longer words that are no ordinary ones read like a name."""


def tidy(text: str) -> str:
    """One spelling for look-alike signs and spaces, so that nothing hides behind them."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def identifier(text: str) -> str:
    """What in a text points to a person, such as "an NHS number"; else nothing."""
    return next((name for finds, name in IDENTIFIERS if finds(text)), "")


def objection(reference: str) -> str:
    """What is wrong with a tidied reference, in words that tell how to mend it; else nothing."""
    found = identifier(reference)
    if found:
        return f"The reference looks like {found}. Use a number of your own."
    if not any(sign.isdigit() for sign in reference):
        return "Letters alone read like a name. Use a reference with a number in it."
    if _has_name(reference):
        return "The reference reads like a name. Use a number of your own, such as CM-0042."
    return ""


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the check digit, modulus 11 (NHS Data Dictionary)."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def _has_email(text: str) -> bool:
    return "@" in text


def _has_nhs_number(text: str) -> bool:
    found = (re.sub(r"\D", "", match.group()) for match in TEN_DIGITS.finditer(text))
    return any(is_nhs_number(digits) for digits in found)


def _has_phone(text: str) -> bool:
    return any(True for _ in phonenumbers.PhoneNumberMatcher(text, "GB"))


def _has_postcode(text: str) -> bool:
    return POSTCODE.search(text.upper()) is not None


def _has_name(reference: str) -> bool:
    words = [word for word in WORD.findall(reference) if word.lower() not in ORDINARY_WORDS]
    return any(len(word) > LONGEST_CODE or (len(word) > 2 and word.istitle()) for word in words)


IDENTIFIERS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_has_email, "an e-mail address"),
    (_has_nhs_number, "an NHS number"),
    (_has_phone, "a telephone number"),
    (_has_postcode, "a postcode"),
)
