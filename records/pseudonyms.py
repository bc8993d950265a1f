"""Says why a reference gives a client away: the register holds nobody's name or number."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import phonenumbers
from localflavor.gb.forms import GBPostcodeField

POSTCODE = re.compile(
    rf"(?<![A-Z0-9]){GBPostcodeField.outcode_pattern}[ ._/-]?"
    rf"{GBPostcodeField.incode_pattern}(?![A-Z0-9])"
)
TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ ./_-]?\d){9}(?![ ./_-]?\d)")
BRITISH_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)44[ -]?(?:\(0\))?|0)[ -]?[1237](?:[ -]?\d){8,9}(?![ -]?\d)"
)
"""As numbers are formed in the United Kingdom, whether this one was ever given out or not."""

INSURANCE = re.compile(
    r"(?<![A-Z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![A-Z0-9])"
)
"""A National Insurance number, as HM Revenue and Customs form it."""

BIRTHDAY = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([./ -])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d([./ -])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
WORD = re.compile(r"[^\W\d_]+")
ORDINARY_WORDS = frozenset({"case", "client", "episode", "file", "matter", "record", "ref"})
UNSEEN = {"Cf", "Cc"}
"""Signs that take no room: they would hide a number from the rules below."""

LONGEST_CODE = 4
"""Letters in a row; longer words that are no ordinary ones read like a name."""

SHORT_NAMES = frozenset(
    (Path(__file__).parent / "data" / "short_names.txt").read_text(encoding="utf-8").split()
)
"""Given names that are short enough to pass for a code."""


def tidy(text: str) -> str:
    """One spelling for look-alike signs and spaces, so that nothing hides behind them."""
    shown = "".join(
        sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"} or sign.isspace()
    )
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def identifier(text: str) -> str:
    """What in a text points to a person, such as "an NHS number"; else nothing."""
    return next((name for finds, name in IDENTIFIERS if finds(text)), "")


def objection(reference: str) -> str:
    """What is wrong with a tidied reference, in words that tell how to mend it; else nothing."""
    found = identifier(reference)
    if found:
        return f"The reference looks like {found}. Use a number of your own."
    if BIRTHDAY.search(reference):
        return "The reference has what looks like a date of birth in it. Use a number of your own."
    if not any(sign.isdigit() for sign in reference):
        return "Letters alone read like a name. Use a reference with a number in it."
    if has_name(reference):
        return "The reference reads like a name. Use a number of your own, such as CM-0042."
    return ""


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the check digit, modulus 11 (NHS Data Dictionary).

    Scotland's CHI number and Northern Ireland's Health and Care number are made the same way.
    """
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def has_name(reference: str) -> bool:
    """Whether a word of a text reads like somebody's name."""
    words = [word for word in WORD.findall(reference) if word.lower() not in ORDINARY_WORDS]
    return any(
        len(word) > LONGEST_CODE
        or (len(word) > 2 and word.istitle())
        or word.lower() in SHORT_NAMES
        for word in words
    )


def _has_email(text: str) -> bool:
    return "@" in text


def _has_nhs_number(text: str) -> bool:
    found = (re.sub(r"\D", "", match.group()) for match in TEN_DIGITS.finditer(text))
    return any(is_nhs_number(digits) for digits in found)


def _has_phone(text: str) -> bool:
    if BRITISH_PHONE.search(text):
        return True
    return any(True for _ in phonenumbers.PhoneNumberMatcher(text, "GB"))


def _has_postcode(text: str) -> bool:
    return POSTCODE.search(text.upper()) is not None


def _has_insurance_number(text: str) -> bool:
    return INSURANCE.search(text.upper()) is not None


IDENTIFIERS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_has_email, "an e-mail address"),
    (_has_nhs_number, "an NHS number"),
    (_has_insurance_number, "a National Insurance number"),
    (_has_phone, "a telephone number"),
    (_has_postcode, "a postcode"),
)
