"""From the draft to the decision."""

import dataclasses
import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation import history, letters
from foundation.links import absolute
from foundation.pence import pounds
from membership import copies, facts, known, referees, steps
from membership.checks import open_checks
from membership.eligibility import Assessment, Outcome
from membership.lifecycle import periods
from membership.lifecycle.errors import (
    AlreadyDecided,
    NoFeeSet,
    NotReady,
    OverrideNeeded,
    RulesNotAccepted,
    Unfinished,
    WrongState,
)
from membership.models import Application, FeeDue, Person, User

State = Application.State

TRANSITIONS: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset(
        {State.MORE_INFORMATION, State.APPROVED, State.DECLINED, State.WITHDRAWN}
    ),
    State.MORE_INFORMATION: frozenset({State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.ACTIVATED, State.EXPIRED, State.WITHDRAWN}),
    State.ACTIVATED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.EXPIRED: frozenset(),
}
# Without the letters and digits that are mistaken for each other on the telephone.
REFERENCE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


@transaction.atomic
def start(*, person: Person, at: dt.datetime) -> Application:
    """The person's open application, or a new draft."""
    Person.objects.select_for_update().get(pk=person.pk)
    found = Application.objects.open().filter(person=person).first()
    if found is not None:
        return found
    application = Application.objects.create(
        person=person, reference=_new_reference(), started_at=at, edited_at=at
    )
    history.record(
        person.history_key, "started an application", at=at, by=person.user, text=str(application)
    )
    return application


@transaction.atomic
def submit(*, application_id: int, by: User, at: dt.datetime) -> Application:
    """Send a draft, or send it again with what was asked for.

    The findings are kept as the applicant was shown them. Sending twice is sending once. Raises
    Unfinished while sections are left, RulesNotAccepted, and NotReady while something is missing
    or not met; what a person must judge does not hold it up.
    """
    application = locked(application_id)
    if application.state == State.SUBMITTED:
        return application
    refuse_unless_allowed(application, State.SUBMITTED)
    on = timezone.localdate(at)
    assessment = _ready(application_id, on)
    application.state = State.SUBMITTED
    application.submitted_at = application.submitted_at or at
    application.submitted_evidence = facts.as_json(facts.evidence_of(application, on))
    application.findings = [dataclasses.asdict(finding) for finding in assessment.findings]
    application.rules_version = facts.rules_version(on)
    application.question = ""
    application.save()
    referees.ask_all(application, at=at)
    _tell(application, "application_received", at=at, encloses=copies.name_of(application))
    _note(application, "sent the application", at=at, by=by)
    return application


@transaction.atomic
def ask(*, application_id: int, by: User, at: dt.datetime, question: str) -> Application:
    """Ask the applicant for more; their place in the queue is kept."""
    application = locked(application_id)
    refuse_unless_allowed(application, State.MORE_INFORMATION)
    application.state = State.MORE_INFORMATION
    application.question = question
    application.save()
    _tell(
        application,
        "more_information",
        at=at,
        question=question,
        apply_url=absolute("/apply/"),
    )
    _note(application, "asked for more information", at=at, by=by, text=question)
    return application


@transaction.atomic
def approve(*, application_id: int, by: User, at: dt.datetime, override_reason: str = "") -> FeeDue:
    """Approve, fix the fee as it is today, and tell the applicant. Never activates.

    Raises AlreadyDecided, NoFeeSet, or OverrideNeeded where a check is open and no reason given.
    """
    application = locked(application_id)
    refuse_unless_allowed(application, State.APPROVED)
    Person.objects.select_for_update().get(pk=application.person_id)
    on = timezone.localdate(at)
    price = periods.price_of(application, on=on)
    if price is None:
        raise NoFeeSet(application.get_type_display())
    checks = open_checks(application, on)
    if checks and not override_reason.strip():
        raise OverrideNeeded(checks)
    application.state = State.APPROVED
    application.override_reason = override_reason.strip() if checks else ""
    _decide(application, by=by, at=at)
    fee = periods.fix_fee(application, price, at=at)
    _tell(
        application,
        "approved" if fee.pence else "approved_free",
        at=at,
        fee=fee,
        amount=pounds(fee.pence),
        renewal_amount=pounds(price.yearly_pence),
        days=settings.APPROVAL_EXPIRES_DAYS,
        profile_url=absolute("/profile/"),
    )
    words = f"{pounds(fee.pence)}. {application.override_reason}".strip()
    _note(application, "approved the application", at=at, by=by, text=words)
    return fee


@transaction.atomic
def decline(*, application_id: int, by: User, at: dt.datetime, reason: str) -> Application:
    """Decline with the reason that the applicant is told. No fee is ever made."""
    application = locked(application_id)
    refuse_unless_allowed(application, State.DECLINED)
    application.state = State.DECLINED
    application.decision_reason = reason
    _decide(application, by=by, at=at)
    _tell(application, "declined", at=at, reason=reason, membership_url=absolute("/membership/"))
    _note(application, "declined the application", at=at, by=by, text=reason)
    return application


@transaction.atomic
def withdraw(*, application_id: int, by: User, at: dt.datetime) -> Application:
    """The applicant takes the application back; withdrawing twice is withdrawing once."""
    application = locked(application_id)
    if application.state == State.WITHDRAWN:
        return application
    refuse_unless_allowed(application, State.WITHDRAWN)
    application.state = State.WITHDRAWN
    application.decided_at = application.decided_by = None
    application.save()
    application.fees.outstanding().update(cancelled_at=at)
    _note(application, "withdrew the application", at=at, by=by)
    return application


@transaction.atomic
def expire_unpaid(*, application_id: int, at: dt.datetime) -> bool:
    """End an approval whose fee nobody paid. False where that is not how things stand."""
    application = locked(application_id)
    fee = application.fees.select_for_update().outstanding().first()
    if application.state != State.APPROVED or fee is None:
        return False
    application.state = State.EXPIRED
    application.save()
    fee.cancelled_at = at
    fee.save()
    _tell(application, "approval_expired", at=at, apply_url=absolute("/apply/"))
    _note(application, "ended the approval: the fee was not paid", at=at, by=None)
    return True


def _ready(application_id: int, on: dt.date) -> Assessment:
    """What the rules find in an application that may be sent; raises as `submit` says.

    A row of its own, because what is read here for judging must not be taken for the present.
    """
    application = Application.objects.get(pk=application_id)
    left = steps.unfinished(known.of_application(application))
    if left:
        raise Unfinished([step.title for step in left])
    if application.rules_accepted_at is None:
        raise RulesNotAccepted
    assessment = facts.assess_application(application, on)
    if assessment.outcome in (Outcome.NOT_ELIGIBLE, Outcome.INCOMPLETE):
        raise NotReady(assessment)
    return assessment


def locked(application_id: int) -> Application:
    return Application.objects.select_for_update().get(pk=application_id)


def allows(application: Application, state: str) -> bool:
    """Whether the table has a step from where the application is to this state."""
    return state in TRANSITIONS[application.state]


def refuse_unless_allowed(application: Application, state: str) -> None:
    """Raise AlreadyDecided or WrongState where the table has no such step."""
    if allows(application, state):
        return
    if application.state in Application.DECIDED:
        raise AlreadyDecided(application)
    raise WrongState(
        f"This application is “{application.get_state_display()}”, so this cannot be done now."
    )


def _decide(application: Application, *, by: User, at: dt.datetime) -> None:
    application.decided_by = by
    application.decided_at = at
    application.save()


def _tell(
    application: Application, kind: str, *, at: dt.datetime, encloses: str = "", **context: object
) -> None:
    """One letter a step: the state, checked under the lock, lets each step be taken once."""
    person = application.person
    letters.queue(
        kind,
        key=f"{kind}:{application.pk}:{at.isoformat()}",
        to=person.email,
        subject_key=person.history_key,
        at=at,
        encloses=encloses,
        context={"person": person, "application": application, **context},
    )


def _note(
    application: Application, verb: str, *, at: dt.datetime, by: User | None, text: str = ""
) -> None:
    words = f"{application.reference}. {text}".strip()
    history.record(application.person.history_key, verb, at=at, by=by, text=words)


def _new_reference() -> str:
    letters_and_digits = (secrets.choice(REFERENCE_LETTERS) for _ in range(7))
    return "A" + "".join(letters_and_digits)
