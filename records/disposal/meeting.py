"""The meeting pack: every record that is due, on paper, with boxes for what is decided."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.dates import in_words
from foundation.papers import Facts, Heading, Paper, Part, Words
from records import versions
from records.disposal.papers import rule_words
from records.models import ClientRecord, DisposalLine, Hold, Register, Review
from records.reckoning import reckon_by
from records.retention import Retention, Status
from records.retention_rules import RuleSet
from records.words import HOLD_KINDS, STATUSES

MOST = 200
LINE = "_" * 30
BOXES = (
    ("Decision", "[   ] destroy\n[   ] keep until ____ / ____ / ______\n[   ] put on hold"),
    ("Reason", LINE),
    ("First signature", f"{LINE}\nDate ______________"),
    ("Second signature", f"{LINE}\nDate ______________"),
)


def due(register: Register, *, on: dt.date) -> QuerySet[ClientRecord]:
    """What a meeting looks at: what waits, and what only a hold keeps past its date."""
    reviews = Review.objects.filter(record=OuterRef("pk"), settled_at=None)
    kept_by_hold = Q(status=Status.ON_HOLD, retain_until__lt=on)
    found = ClientRecord.objects.filter(register=register).filter(Exists(reviews) | kept_by_hold)
    return found.prefetch_related("holds").order_by("retain_until", "reference", "pk")


def pack(register: Register, *, on: dt.date, most: int = MOST) -> Paper:
    """The paper of a register; of very many records the first ones, and it says so."""
    records = list(due(register, on=on)[: most + 1])
    proposed = {
        *DisposalLine.objects.filter(record__in=records, settled_at=None).values_list(
            "record_id", flat=True
        )
    }
    parts: list[Part] = [Words(register.title, strong=True), Words(_opening(len(records), most))]
    rules = versions.in_force(on=on)
    for record in records[:most]:
        parts += _of(rules, record, is_proposed=record.pk in proposed, on=on)
    return Paper(
        f"Records to review on {in_words(on)}",
        tuple(parts),
        foot="References only: keep this paper as you keep the register.",
    )


def _opening(count: int, most: int) -> str:
    if not count:
        return "No record is due for review."
    what = f"{count} record{'' if count == 1 else 's'}"
    if count > most:
        what = f"the first {most} of more than {most} records"
    return (
        f"This lists {what} whose time is over, or that are kept without an end. A person decides "
        "about each; destroying one takes two. Periods are the shortest allowed. Nothing here is "
        "decided by the portal."
    )


def _of(rules: RuleSet, record: ClientRecord, *, is_proposed: bool, on: dt.date) -> Iterator[Part]:
    holds = list(record.holds.all())
    result = reckon_by(rules, record, holds, on=on)
    yield Heading(f"Record {record.reference}")
    yield Facts(
        (
            ("Status", STATUSES[result.status] + (", proposed already" if is_proposed else "")),
            ("Rule", rule_words(rules, result.rule.code)),
            ("Every date", "\n".join(_dates(result)) or "None"),
            ("Holds", "\n".join(map(_hold, holds)) or "None"),
            ("Please check", "\n".join(result.warnings) or "Nothing"),
            *BOXES,
        )
    )


def _dates(result: Retention) -> Iterator[str]:
    if not isinstance(result.retain_until, dt.date):
        yield f"No end date: {result.rule.code}, governs"
    for each in result.candidates:
        governs = ", governs" if result.is_governed_by(each) else ", shorter"
        yield f"{in_words(each.until)}: {each.rule.code}{governs}"


def _hold(hold: Hold) -> str:
    kind = HOLD_KINDS[next(one for one in HOLD_KINDS if one.value == hold.kind)]
    until = f"resolved {in_words(hold.resolved_on)}" if hold.resolved_on else "open"
    return f"{kind}, opened {in_words(hold.opened_on)}, {until}"
