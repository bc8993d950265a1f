"""Amounts as banks write them, in whole pence; what is not clearly an amount is refused."""

import re

_MARKS = str.maketrans({"\u2212": "-", "\u2013": "-", "\xa0": "", " ": "", "'": ""})
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<before>[+-]?)(?:£|GBP)?(?P<after>[+-]?)"
    r"(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.(?P<pence>[0-9]{1,2}))?(?P<close>\))?",
    re.ASCII,
)
_COMMA = re.compile(r"(?P<sign>[+-]?)(?P<pounds>[0-9]+)(?:[.,](?P<pence>[0-9]*))?", re.ASCII)
MOST_PENCE = 2_000_000_000


class NoAmount(ValueError):
    """The text is not an amount; the words say what would be."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:40]}” is not an amount such as 72.00, so nothing of the file was taken."
        )


def read_amount(text: str) -> int:
    """“£2,000.00”, “+£7”, “-£3.01”, “.54”, “29.5” or “(3.00)” in pence. Raises NoAmount."""
    found = _AMOUNT.fullmatch(text.translate(_MARKS))
    if found is None or not (found["pounds"] or found["pence"]):
        raise NoAmount(text)
    if (found["before"] and found["after"]) or bool(found["open"]) != bool(found["close"]):
        raise NoAmount(text)
    whole = int((found["pounds"] or "0").replace(",", "")) * 100
    pence = _in_range(whole + int((found["pence"] or "").ljust(2, "0")), text)
    is_negative = "-" in (found["before"], found["after"]) or bool(found["open"])
    return -pence if is_negative else pence


def read_plain_amount(text: str) -> int:
    """“-80”, “12.34”, “500250,” or “9,8”: the formats that know no thousands. Raises NoAmount."""
    found = _COMMA.fullmatch(text.strip())
    rest = (found["pence"] or "") if found else ""
    if found is None or rest[2:].strip("0"):
        raise NoAmount(text)
    pence = _in_range(int(found["pounds"]) * 100 + int(rest[:2].ljust(2, "0")), text)
    return -pence if found["sign"] == "-" else pence


def read_pence(text: str) -> int:
    """A whole number of pence, as the oldest Monzo exports have it. Raises NoAmount."""
    try:
        return _in_range(int(text), text) if text.strip().isascii() else _refuse(text)
    except ValueError:
        return _refuse(text)


def _in_range(pence: int, text: str) -> int:
    return pence if abs(pence) <= MOST_PENCE else _refuse(text)


def _refuse(text: str) -> int:
    raise NoAmount(text)
