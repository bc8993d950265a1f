"""What stands for an address where a row stays and names nobody any more."""

NAMES_NOBODY = "removed.invalid"


def nobodys_address(pk: int) -> str:
    """An address that reaches nobody (RFC 2606), another one for each row."""
    return f"removed-{pk}@{NAMES_NOBODY}"
