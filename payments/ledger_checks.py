"""What must always be true of the money, asked of the tables themselves, nightly and by hand."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from foundation import letters
from payments import paper_checks, paypal_checks
from payments.ledger_rules import RULES

logger = logging.getLogger(__name__)

MOST_IN_A_LETTER = 50


@dataclass(frozen=True)
class Violation:
    """A rule that is broken, and the row that breaks it."""

    rule: str
    about: str


def violations() -> Iterator[Violation]:
    """Every place where the ledger does not hold together; none is the normal answer."""
    for rule, found in {**RULES, **paper_checks.QUESTIONS, **paypal_checks.QUESTIONS}.items():
        for about in found().order_by("pk").iterator():
            yield Violation(rule, f"{about}")
    for number in paper_checks.gaps():
        yield Violation("numbers of papers have no gap", number)


def report(*, at: dt.datetime) -> int:
    """Look, and write to the office once a day if anything is wrong; how many places."""
    found = list(violations())
    for one in found:
        logger.error("The ledger does not hold together: %s: %s", one.rule, one.about)
    if found:
        letters.to_office(
            "office_ledger_alert",
            key=f"ledger alert {timezone.localdate(at)}",
            at=at,
            count=len(found),
            violations=found[:MOST_IN_A_LETTER],
        )
    return len(found)
