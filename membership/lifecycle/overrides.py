"""Going on although something is open: a written reason for each line, and a second officer.

Whoever may approve with something open writes down why. Where the society has two officers who
may do so, the other one must agree: the reasons wait with the application until then. A society
with a single officer decides alone; the setting OVERRIDE_NEEDS_SECOND switches the rule off for
all.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.conf import settings

from membership import lines, officers
from membership.lifecycle.errors import OverrideNeeded
from membership.lines import Line
from membership.models import Application, User

PERMISSION = "membership.override_check"


def written(open_lines: Sequence[Line], reasons: Mapping[str, str], for_all: str) -> str:
    """The reasons as they are kept with the decision. Raises OverrideNeeded where one is missing.

    `for_all` stands for every line that has no reason of its own.
    """
    said = [(line, reasons.get(line.code, "").strip()) for line in open_lines]
    kept = [f"{line.words.rstrip('.')}: {reason}" for line, reason in said if reason]
    missing = [line.words.rstrip(".") for line, reason in said if not reason]
    if missing and not for_all.strip():
        raise OverrideNeeded(missing)
    return "\n".join([*kept, *([for_all.strip()] if missing else [])])


def needs_second(open_lines: Sequence[Line]) -> bool:
    """Whether another officer must agree: not to a judgement, nor where there is only one."""
    if not settings.OVERRIDE_NEEDS_SECOND or not lines.overridden(open_lines):
        return False
    return officers.who_may(PERMISSION).count() > 1


def wait_for_second(
    application: Application,
    open_lines: Sequence[Line],
    reason: str,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    """Keep the reasons until somebody else agrees; saved by the caller."""
    application.override_reason = reason
    application.override_lines = [line.code for line in open_lines]
    application.override_asked_at, application.override_asked_by = at, by


def refuse_unless_covered(application: Application, open_lines: Sequence[Line]) -> None:
    """Raise OverrideNeeded for what has opened since the reasons were written."""
    new = [line.words for line in open_lines if line.code not in application.override_lines]
    if new:
        raise OverrideNeeded(new)


def drop_request(application: Application) -> None:
    """Nothing waits for a second officer any more; saved by the caller."""
    application.override_reason = ""
    application.override_lines = []
    application.override_asked_at = application.override_asked_by = None
