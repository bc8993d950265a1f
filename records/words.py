"""What the codes of this room are called on screen, and the tone a status is shown in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from foundation.look import Tone
from records.retention import Status
from records.retention_facts import Capacity, Category, HoldKind

Code = TypeVar("Code", bound=StrEnum)

CAPACITIES = {
    Capacity.HAS: "Has capacity",
    Capacity.LACKS: "Lacks capacity",
    Capacity.UNKNOWN: "Not recorded",
}
CATEGORIES = {
    Category.GENERAL: "General",
    Category.MENTAL_HEALTH: "Mental health",
}
HOLD_KINDS = {
    HoldKind.COMPLAINT: "Complaint",
    HoldKind.LEGAL: "Legal case",
    HoldKind.SAFEGUARDING: "Safeguarding concern",
    HoldKind.INQUIRY: "Public inquiry",
}
STATUSES = {
    Status.ACTIVE: "Care goes on",
    Status.NEEDS_INFORMATION: "Facts are missing",
    Status.INVALID: "Dates to correct",
    Status.ON_HOLD: "On hold",
    Status.INDEFINITE_REVIEW: "No end date",
    Status.RETAIN: "Keep",
    Status.DUE_FOR_REVIEW: "Due for review",
}
TONES = {
    Status.ACTIVE: Tone.PLAIN,
    Status.NEEDS_INFORMATION: Tone.ACT,
    Status.INVALID: Tone.ACT,
    Status.ON_HOLD: Tone.STOP,
    Status.INDEFINITE_REVIEW: Tone.WAIT,
    Status.RETAIN: Tone.GOOD,
    Status.DUE_FOR_REVIEW: Tone.ACT,
}


def choices(labels: Mapping[Code, str]) -> list[tuple[str, str]]:
    """A vocabulary as Django's fields take it."""
    return [(code.value, label) for code, label in labels.items()]
