"""What the funnel for money reads of its books: built once, asked under the payer's lock."""

from functools import cache
from typing import Any

from foundation.prepared import A_NAME, A_NUMBER, Prepared, Rows, blanks, prepare
from membership.models import FeeDue
from payments.models import Entry

BY_KEY = Rows(A_NAME, lambda source_key: Entry.objects.filter(source_key=source_key))
"""The entry of this money, where it was booked before."""
MOVED_BACK = "credit:back:"
"""Begins the keys of credit that had been used and was moved back to where it had come from."""
FEE = Rows(A_NUMBER, lambda number: FeeDue.objects.filter(pk=number))


def lines_of(account_id: int) -> list[tuple[Any, ...]]:
    """Every line of an account: its pence, its kind, and the number of its invoice."""
    return _ask_for_lines().rows([account_id])


@cache
def _ask_for_lines() -> Prepared:
    lines = Entry.objects.filter(account__in=blanks(1)).order_by()
    return prepare(lines.values_list("pence", "kind", "invoice"))
