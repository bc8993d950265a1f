"""How far an import is, told by the worker and read by the page."""

from foundation import under_way
from foundation.look import Bar


def tell(batch_id: int) -> under_way.Tell:
    """What the worker calls after every lot."""
    return under_way.teller(_name(batch_id))


def bar(batch_id: int, rows: int) -> Bar:
    """How far it is, as a picture and in words."""
    done, total = under_way.told(_name(batch_id)) or (0, rows)
    return Bar("Taking the file in", done, total, f"{done:,} of {total:,} rows")


def _name(batch_id: int) -> str:
    return f"import-of-records:{batch_id}"
