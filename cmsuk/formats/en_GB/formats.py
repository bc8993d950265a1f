"""What differs from Django's own British formats."""

DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
