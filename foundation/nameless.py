"""What stands for an address where a row stays and names nobody any more."""

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

NAMES_NOBODY = "removed.invalid"
FIRST = "removed-"


def nobodys_address(pk: int) -> str:
    """An address that reaches nobody (RFC 2606), another one for each row."""
    return f"{FIRST}{pk}@{NAMES_NOBODY}"


def shown(address: str) -> str:
    """The address as people read it: one that reaches nobody is told in words."""
    return "Erased" if address.endswith(f"@{NAMES_NOBODY}") else address


def nobodys_addresses() -> Concat:
    """The same of every row of a query, written by the database."""
    return Concat(Value(FIRST), Cast("pk", CharField()), Value(f"@{NAMES_NOBODY}"))
