"""Finds records in a register: by what is to be done with them, and by reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count

from records.models import ClientRecord, Register
from records.retention import Status

ALL = "all"
KINDS: Mapping[str, tuple[str, tuple[Status, ...]]] = {
    ALL: ("All", tuple(Status)),
    "due": ("Due for review", (Status.DUE_FOR_REVIEW,)),
    "held": ("On hold", (Status.ON_HOLD,)),
    "indefinite": ("No end date", (Status.INDEFINITE_REVIEW,)),
    "missing": ("To complete", (Status.NEEDS_INFORMATION, Status.INVALID)),
    "kept": ("Keep", (Status.RETAIN,)),
    "active": ("Care goes on", (Status.ACTIVE,)),
}
"""Each choice of the filter: what it is called, and the statuses that it stands for."""


@dataclass(frozen=True)
class Kind:
    """One choice of the filter, with how many records it finds."""

    code: str
    name: str
    count: int
    is_chosen: bool


def kinds(register: Register, chosen: str) -> list[Kind]:
    """Every choice with its count; those that would find nothing are left out. One query."""
    counted = dict(register.records.values_list("status").annotate(n=Count("pk")))
    found = [
        Kind(code, name, sum(counted.get(status.value, 0) for status in statuses), code == chosen)
        for code, (name, statuses) in KINDS.items()
    ]
    return [one for one in found if one.count or one.is_chosen or one.code == ALL]


def find(register: Register, kind: str, words: str) -> "models.QuerySet[Any]":
    """The records of one kind whose reference holds these words, what waits first."""
    rows = ClientRecord.objects.filter(register=register)
    if kind != ALL and kind in KINDS:
        rows = rows.filter(status__in=KINDS[kind][1])
    if words:
        rows = rows.filter(reference__icontains=words)
    return rows.with_open_things().order_by("-has_open_review", "retain_until", "reference", "pk")
