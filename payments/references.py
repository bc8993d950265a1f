"""Payment references: CMS, six digits and a check digit, one a payer for life. Pure.

Ten letters and digits fit every bank's field (Faster Payments and Bacs carry 18). The check digit
is Damm's: it finds every single wrong digit and every two neighbours swapped.
"""

import secrets

PREFIX = "CMS"
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """Damm's check digit; of digits that end in theirs it is 0."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def write_reference(number: int) -> str:
    """The reference of a number: 123456 -> "CMS1234566". Raises ValueError from a million on."""
    if not 0 <= number <= 999_999:
        raise ValueError("A payment reference holds a number of six digits.")
    digits = f"{number:06d}"
    return f"{PREFIX}{digits}{check_digit(digits)}"


def draw_reference() -> str:
    """A reference nobody can guess from another."""
    return write_reference(secrets.randbelow(1_000_000))


def is_reference(text: str) -> bool:
    """Whether this is one of our references, exactly as we write them."""
    digits = text.removeprefix(PREFIX)
    written = text.startswith(PREFIX) and len(digits) == 7 and digits.isascii()
    return written and digits.isdigit() and check_digit(digits) == "0"
