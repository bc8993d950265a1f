"""Judges past applications once more under other rules, each on the day it was sent.

What counts is the evidence that was kept with the application, not what is stored of the person
today. Few hours a week were counted then, so that figure alone shows no difference here.
"""

from dataclasses import dataclass

from django.utils import timezone

from membership import difference, facts, rules
from membership.criteria import Rules
from membership.difference import Difference
from membership.models import Application, EligibilityRules
from membership.types import MembershipType


@dataclass(frozen=True)
class Changed:
    """A past application whose outcome would have been another."""

    application: Application
    difference: Difference


@dataclass(frozen=True)
class Replay:
    """How many were judged again, how many could not be, and those that would change."""

    judged: int
    left_out: int
    changed: tuple[Changed, ...]


def replay(draft: EligibilityRules) -> Replay:
    """Every application that was ever sent, newest first; nothing is written. Two queries."""
    versions = {row.version: rules.of_row(row) for row in EligibilityRules.objects.all()}
    sent = Application.objects.filter(submitted_at__isnull=False).select_related("person")
    judged = left_out = 0
    changed = []
    for application in sent.order_by("-submitted_at", "-pk"):
        old = versions.get(application.rules_version)
        if old is None or not application.submitted_evidence:
            left_out += 1
            continue
        judged += 1
        found = _difference(application, old, rules.of_row(draft))
        if found is not None:
            changed.append(Changed(application, found))
    return Replay(judged=judged, left_out=left_out, changed=tuple(changed))


def _difference(application: Application, old: Rules, new: Rules) -> Difference | None:
    if application.submitted_at is None:
        return None
    return difference.between(
        old,
        new,
        type=MembershipType(application.type),
        evidence=facts.from_json(application.submitted_evidence),
        on=timezone.localdate(application.submitted_at),
    )
