"""Taking a step of the office back: at once by whoever took it, later formally with a reason.

A letter that has not left is held back, and then nobody needs to hear of the mistake. One that has
left, or that a worker has taken up and may have sent, is followed by a letter that corrects it.
"""

import datetime as dt

from django.db import transaction

from foundation import letters
from membership import post
from membership.lifecycle import asking, wording
from membership.lifecycle.deciding import refuse_unless_separate
from membership.lifecycle.errors import TooLate, WrongState
from membership.lifecycle.transitions import State, Verb, locked, move, refuse_unless_allowed
from membership.models import Application, FeeDue, Person, TypeOffer, User

WINDOW = dt.timedelta(minutes=15)
MINUTES = int(WINDOW.total_seconds()) // 60
LATER = "It can be reversed with a reason instead."


@transaction.atomic
def undo(*, application_id: int, by: User, at: dt.datetime) -> Application:
    """Take back what one did within the last 15 minutes, as if it had not been.

    An approval can be undone until Pay is pressed; its fee is cancelled, never deleted. Raises
    TooLate, or WrongState where there is nothing to undo.
    """
    application = locked_with_person(application_id)
    was = State(application.state)
    taken_by, taken_at = _taken(application)
    _refuse_unless_fresh(application, taken_by, taken_at, by=by, at=at)
    kinds = _take_back(application, at=at)
    keys = [post.key_of(application, kind, taken_at) for kind in kinds]
    if not any(letters.hold_back(key, at=at) for key in keys):
        wording.send(application, wording.undone(was), at=at)
    post.note_of(application, "undid the last step", at=at, by=by, text=was.label)
    return application


@transaction.atomic
def reverse(*, application_id: int, by: User, at: dt.datetime, reason: str) -> Application:
    """Reverse a decision formally: it is open again, its fee is cancelled, and the letter says why.

    Raises WrongState for an approval that was paid, where a review was asked for, or where the
    applicant has another application open; NotSeparate.
    """
    application = locked_with_person(application_id)
    refuse_unless_allowed(application, Verb.UNDO)
    refuse_unless_separate(application, by)
    was = State(application.state)
    reopen(application, Verb.UNDO, at=at)
    wording.send(application, wording.reversed_for(was, reason), at=at)
    post.note_of(application, "reversed the decision", at=at, by=by, text=reason)
    return application


@transaction.atomic
def pay_pressed(*, fee_due_id: int, at: dt.datetime) -> None:
    """The payer is about to pay: from now on the decision behind this fee is not undone.

    The room of payments says so, before anybody is sent away to pay; twice is once.
    """
    Application.objects.select_for_update(of=("self",)).filter(fees=fee_due_id).first()
    fee = FeeDue.objects.select_for_update().get(pk=fee_due_id)
    if fee.pay_pressed_at is None and fee.is_outstanding:
        fee.pay_pressed_at = at
        fee.save(update_fields=["pay_pressed_at"])


def may_undo(application: Application, *, by: User, at: dt.datetime) -> bool:
    """Whether the button is worth showing."""
    if application.state not in wording.SAID:
        return False
    try:
        _refuse_unless_fresh(application, *_taken(application), by=by, at=at)
    except TooLate:
        return False
    return True


def reopen(application: Application, verb: Verb, *, at: dt.datetime) -> None:
    """A decided application is to be decided again. Raises WrongState; the caller holds the locks.

    Who applied anew meanwhile has one application too many: they are asked to withdraw one.
    """
    other = Application.objects.open().filter(person=application.person_id)
    newer = other.exclude(pk=application.pk).first()
    if newer is not None:
        raise WrongState(
            f"The applicant has another application open, {newer.reference}. "
            "Decide on that one, or ask them to withdraw it first."
        )
    if verb is Verb.UNDO and application.appeals.open().exists():
        raise WrongState("A review of this decision was asked for. Answer it instead.")
    move(application, verb)
    application.fees.outstanding().update(cancelled_at=at)
    application.decided_at = application.decided_by = application.override_agreed_by = None
    application.decision_reason = application.override_reason = ""
    application.override_lines = []
    application.save()


def locked_with_person(application_id: int) -> Application:
    """Whoever starts an application holds the person, too, so that none starts meanwhile."""
    application = locked(application_id)
    Person.objects.select_for_update().get(pk=application.person_id)
    return application


def _taken(application: Application) -> tuple[list[User | None], dt.datetime]:
    """Who took the step that could be undone, and when. Raises WrongState where there is none."""
    asked = application.asked_items.open().select_related("asked_by").first()
    offered = application.offers.open().select_related("offered_by").first()
    if application.state == State.MORE_INFORMATION and asked is not None:
        return [asked.asked_by], asked.asked_at
    if application.state == State.OFFERED and offered is not None:
        return [offered.offered_by], offered.offered_at
    if application.state in wording.SAID and application.decided_at is not None:
        return [application.decided_by, application.override_agreed_by], application.decided_at
    if application.state == State.ACTIVATED:
        raise WrongState("The fee is settled and the membership is active: nothing is undone.")
    raise WrongState("There is nothing to undo here.")


def _refuse_unless_fresh(
    application: Application,
    taken_by: list[User | None],
    taken_at: dt.datetime,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    if by not in taken_by:
        raise TooLate(f"Only {taken_by[0]} can undo this. {LATER}")
    if at - taken_at > WINDOW:
        raise TooLate(f"This can be undone for {MINUTES} minutes only. {LATER}")
    if application.fees.outstanding().filter(pay_pressed_at__isnull=False).exists():
        raise TooLate(f"The applicant has pressed Pay. {LATER}")


def _take_back(application: Application, *, at: dt.datetime) -> tuple[str, ...]:
    """Put the application back with the office; the kinds of letter that may have told of it."""
    if application.state == State.MORE_INFORMATION:
        sections = [item.section for item in application.asked_items.open()]
        asking.close(application, at=at)
        application.sections_done = [*application.sections_done, *sections]
    elif application.state == State.OFFERED:
        application.offers.open().update(outcome=TypeOffer.Outcome.TAKEN_BACK, closed_at=at)
    else:
        is_approval = application.state == State.APPROVED
        reopen(application, Verb.UNDO, at=at)
        return ("approved", "approved_free") if is_approval else ("declined",)
    kind = "another_type_offered" if application.state == State.OFFERED else "more_information"
    move(application, Verb.TAKE_BACK)
    application.save()
    return (kind,)
