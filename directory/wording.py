"""Tidies what people typed before it is kept."""


def one_line(text: str) -> str:
    """Names stand in the first line of letters, so they hold no line breaks."""
    return " ".join(text.split())
