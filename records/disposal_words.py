"""The codes of destruction and what they are called; of these, and of dates, a stub is made."""

from enum import StrEnum


class Ground(StrEnum):
    PERIOD_OVER = "period_over"
    NO_RELEVANCE = "no_relevance"


class Verdict(StrEnum):
    DESTROYED = "destroyed"
    REFUSED = "refused"
    DROPPED = "dropped"


class Role(StrEnum):
    OWNER = "owner"
    NAMED = "named"
    WITNESS = "witness"
    OFFICER = "officer"


class Method(StrEnum):
    SHREDDED = "shredded"
    CONTRACTOR = "contractor"
    WIPED = "wiped"
    RETURNED = "returned"
    NO_FILE = "no_file"


GROUNDS = {
    Ground.PERIOD_OVER: (
        "The time it must be kept is over, and it is not needed for care, for a claim or "
        "complaint, or for business."
    ),
    Ground.NO_RELEVANCE: (
        "It has no relevance any more to future care, complaints or legal claims of a client who "
        "lacked capacity, and every other period is over."
    ),
}
VERDICTS = {
    Verdict.DESTROYED: "Destroyed",
    Verdict.REFUSED: "Not destroyed",
    Verdict.DROPPED: "Not destroyed: it was not signed",
}
ROLES = {
    Role.OWNER: "the owner of the register",
    Role.NAMED: "a member named in the register",
    Role.WITNESS: "a witness from outside",
    Role.OFFICER: "an officer of the society",
}
METHODS = {
    Method.SHREDDED: "Paper, shredded by us (cross-cut)",
    Method.CONTRACTOR: "By a contractor, who gave us their own certificate",
    Method.WIPED: "Electronic, deleted and wiped from every device and folder",
    Method.RETURNED: "Returned to the client or to who commissioned the work",
    Method.NO_FILE: "There was no file besides the entry in the register",
}
EXEMPT = {
    "backups": "Copies in backups, which run out by themselves and are not looked into",
    "accounts": "Invoices and accounts, for six years (tax law)",
    "complaint": "The file of a complaint, which is kept apart from the client’s",
    "insurance": "What the indemnity insurer asked to be kept",
}
"""What the destruction of a file leaves alone, by code."""
