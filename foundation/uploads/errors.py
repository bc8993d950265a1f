"""Why a file is not taken, in words for the person who sent it."""


class Refused(ValueError):
    """The file is not taken; the text says why and how to mend it."""
