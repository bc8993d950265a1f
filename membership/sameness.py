"""Pure: when two addresses, or two telephone numbers, reach the same person."""

import re

NOT_DIGITS = re.compile(r"\D")


def plain_address(email: str) -> str:
    """Case and “+tags” make no difference; nothing stays nothing."""
    name, at, domain = email.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}{at}{domain}"


def plain_number(phone: str) -> str:
    """The last ten digits, so that 020… and +44 20… are one number."""
    return NOT_DIGITS.sub("", phone)[-10:]
