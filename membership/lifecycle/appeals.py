"""A review of a decision: the applicant asks for it, and somebody else decides.

The answer is the society's last word on this application; a new one is possible at any time.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.calendar import add_working_days
from membership import post
from membership.lifecycle import wording
from membership.lifecycle.deciding import refuse_unless_separate
from membership.lifecycle.errors import NoAppeal, NotSeparate, WrongState, moment
from membership.lifecycle.transitions import State, Verb, locked
from membership.lifecycle.undoing import locked_with_person, reopen
from membership.models import Appeal, Application, User

ANSWER_WITHIN = 20
"""Working days within which an applicant is promised the answer."""

Outcome = Appeal.Outcome


@transaction.atomic
def appeal(*, application_id: int, by: User, at: dt.datetime, reasons: str) -> Appeal:
    """Ask that somebody else looks at a declined application; twice is once. Raises NoAppeal."""
    application = locked(application_id)
    found = application.appeals.open().first()
    if found is not None:
        return found
    why, decider = why_no_appeal(application, on=timezone.localdate(at)), application.decided_by
    if why or decider is None:
        raise NoAppeal(why)
    made = Appeal.objects.create(
        application=application,
        reasons=reasons.strip(),
        asked_at=at,
        due_on=add_working_days(timezone.localdate(at), ANSWER_WITHIN),
        against=decider,
    )
    post.tell_of(application, "appeal_received", at=at, due_on=made.due_on)
    post.note_of(application, "asked for a review of the decision", at=at, by=by, text=reasons)
    return made


@transaction.atomic
def answer(
    *, appeal_id: int, by: User, at: dt.datetime, outcome: Appeal.Outcome, words: str
) -> Appeal:
    """Somebody other than the decider answers. Overturned, the application is decided again.

    Raises NotSeparate, or WrongState where it was answered before or the applicant has applied
    anew.
    """
    application, made = _locked(appeal_id)
    if made.closed_at is not None:
        raise WrongState(f"Already answered by {made.closed_by} {moment(made.closed_at)}.")
    if made.against == by:
        raise NotSeparate("you took the decision yourself")
    refuse_unless_separate(application, by)
    made.closed_at, made.closed_by = at, by
    made.outcome, made.answer = outcome, words.strip()
    made.save()
    if outcome == Outcome.OVERTURNED:
        reopen(application, Verb.OVERTURN, at=at)
    wording.send(application, wording.reviewed(outcome, made.answer), at=at)
    verb = "answered the review of the decision"
    words = f"{made.get_outcome_display()}. {made.answer}"
    post.note_of(application, verb, at=at, by=by, text=words)
    return made


def why_no_appeal(application: Application, *, on: dt.date) -> str:
    """Why no review can be asked for (any more), in words; empty where it can."""
    if application.state != State.DECLINED or application.decided_at is None:
        return "Only a decision that declined an application can be reviewed."
    if application.appeals.filter(asked_at__gte=application.decided_at).exists():
        return "This decision has been reviewed."
    last = timezone.localdate(application.decided_at) + dt.timedelta(
        days=settings.APPEAL_WITHIN_DAYS
    )
    if on > last:
        return (
            f"A review can be asked for within {settings.APPEAL_WITHIN_DAYS} days of the "
            "decision. You may apply again."
        )
    return ""


def _locked(appeal_id: int) -> tuple[Application, Appeal]:
    """The appeal under the lock of its application and its person."""
    application_id = Appeal.objects.values_list("application_id", flat=True).get(pk=appeal_id)
    application = locked_with_person(application_id)
    made = Appeal.objects.select_for_update(of=("self",)).select_related("closed_by", "against")
    return application, made.get(pk=appeal_id)
