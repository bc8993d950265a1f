"""What a waiting applicant wants to know: who acts next, their place, and how long it takes."""

import datetime as dt
from statistics import median

from django.db.models import Q
from django.utils import timezone

from foundation.dates import add_years
from foundation.look import Row
from membership.known import Known
from membership.models import Application, Referee
from membership.tracking import LOST

State = Application.State
# From fewer decisions than this a median says nothing, and might point at one person's case.
ENOUGH_DECISIONS = 5


def rows(known: Known, *, on: dt.date) -> list[Row]:
    """For partials/summary_list.html on the page of an application that was sent."""
    application = known.application
    lines = [
        Row("Who acts next", who_acts(known)),
        Row("What is asked of you", what_is_asked(known)),
    ]
    if application.state == State.SUBMITTED:
        lines.append(Row("Your place", place_of(application)))
        days = median_days(on=on)
        if days is not None:
            lines.append(Row("How long it takes", _usual(days)))
    return lines


def who_acts(known: Known) -> str:
    application = known.application
    if application.state in (State.DRAFT, State.MORE_INFORMATION, State.OFFERED):
        return "You"
    if application.state == State.SUBMITTED:
        return _who_acts_on_sent(known)
    if application.state == State.APPROVED:
        return "You" if _is_to_be_paid(application) else "The portal, within the hour"
    return "Nobody: this application has ended"


def what_is_asked(known: Known) -> str:
    application = known.application
    if application.state == State.MORE_INFORMATION:
        return application.question
    if application.state == State.OFFERED:
        return "Say whether you want the type that we offer."
    if application.state == State.DRAFT:
        return "Finish each section, check your answers, and send."
    if application.state == State.SUBMITTED and _lost(known):
        return "Give another referee; you keep your place."
    if application.state == State.APPROVED and _is_to_be_paid(application):
        return "Pay the fee."
    return "Nothing at present"


def place_of(application: Application) -> str:
    """The place among all that wait for the office, by the day on which they were first sent."""
    before = Q(submitted_at__lt=application.submitted_at) | Q(
        submitted_at=application.submitted_at, pk__lt=application.pk
    )
    waiting = Application.objects.awaiting_decision()
    ahead, total = waiting.filter(before).count(), waiting.count()
    if not ahead:
        return "Next in turn"
    return f"Number {ahead + 1} of {total} that wait for the office"


def median_days(*, on: dt.date) -> int | None:
    """Days from sending to the decision, over the 12 months up to a day; None from too few."""
    since = dt.datetime.combine(add_years(on, -1), dt.time(), timezone.get_current_timezone())
    decided = Application.objects.filter(submitted_at__isnull=False, decided_at__gte=since)
    spans = [
        (timezone.localdate(decided_at) - timezone.localdate(submitted_at)).days
        for submitted_at, decided_at in decided.values_list("submitted_at", "decided_at")
        if submitted_at is not None and decided_at is not None
    ]
    return round(median(spans)) if len(spans) >= ENOUGH_DECISIONS else None


def _who_acts_on_sent(known: Known) -> str:
    if _lost(known):
        return "You"
    answered = sum(one.state == Referee.State.ANSWERED for one in known.referees)
    if answered < len(known.referees):
        return f"Your referees: {answered} of {len(known.referees)} references have arrived"
    return "The office"


def _lost(known: Known) -> bool:
    return any(one.state in LOST for one in known.referees)


def _is_to_be_paid(application: Application) -> bool:
    return application.fees.outstanding().filter(pence__gt=0).exists()


def _usual(days: int) -> str:
    if days == 0:
        return "Over the last 12 months half of all decisions came on the day of sending."
    words = "1 day" if days == 1 else f"{days} days"
    return f"Over the last 12 months half of all decisions came within {words} of sending."
