"""Words for numbers that were counted a few minutes ago."""

EXACT_UP_TO = 10
MANY = 100
STEP = 5


def rounded(number: int) -> str:
    """Return “7”, “about 45” or “100+”: what is shown claims no more than is known."""
    if number <= EXACT_UP_TO:
        return str(number)
    if number >= MANY:
        return f"{MANY}+"
    return f"about {number // STEP * STEP}"
