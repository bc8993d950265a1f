"""Numbers without gaps: given out inside the transaction that uses them."""

from django.db import connection, transaction

# One statement, which begins the row where there is none and keeps it locked until the end.
TAKE = """
INSERT INTO foundation_counter AS known (name, last) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET last = known.last + excluded.last RETURNING last
"""

# The same, for numbers that were given out elsewhere: whatever follows is above them.
RAISE = """
INSERT INTO foundation_counter AS known (name, last) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE
SET last = CASE WHEN known.last < excluded.last THEN excluded.last ELSE known.last END
"""


def next_number(name: str) -> int:
    """The next number of this name, from 1; a rolled-back transaction gives it back."""
    return next_numbers(name, 1)[0]


@transaction.atomic(savepoint=False)
def next_numbers(name: str, how_many: int) -> range:
    """The same for so many at once."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [name, how_many])
        [last] = cursor.fetchone()
    return range(last - how_many + 1, last + 1)


def at_least(name: str, last: int) -> None:
    """Numbers up to this one are in use: the next of this name is a later one."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [name, last])
