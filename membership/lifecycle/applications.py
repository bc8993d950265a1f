"""The applicant's own steps: start, send, send again, take back; and the end of an approval."""

import dataclasses
import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from foundation import history
from membership import advice, copies, facts, known, post, referees, statements, steps
from membership.findings import Severity
from membership.lifecycle import asking, overrides
from membership.lifecycle.errors import NotReady, RulesNotAccepted, Unfinished
from membership.lifecycle.transitions import (
    State,
    Verb,
    locked,
    move,
    refuse_unless_allowed,
)
from membership.models import Application, Person, TypeOffer, User

IN_THE_WAY = (Severity.NOT_ELIGIBLE, Severity.INCOMPLETE)
_SENT = ("application_received", "sent the application")
_ANSWERED = ("answers_received", "sent what was asked for")
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
    refuse_unless_allowed(application, Verb.SUBMIT)
    on = timezone.localdate(at)
    _refuse_unless_ready(application_id, on)
    is_answer = application.state == State.MORE_INFORMATION
    move(application, Verb.SUBMIT)
    application.submitted_at = application.submitted_at or at
    keep_findings(application, on=on)
    asking.close(application, at=at)
    application.save()
    referees.ask_all(application, at=at)
    kind, verb = _ANSWERED if is_answer else _SENT
    post.tell_of(application, kind, at=at, encloses=copies.name_of(application))
    post.note_of(application, verb, at=at, by=by)
    stated = "\n".join(statements.made_in(application))
    post.note(application.person, statements.CONFIRMED, at=at, by=by, text=stated)
    return application


@transaction.atomic
def withdraw(*, application_id: int, by: User, at: dt.datetime) -> Application:
    """The applicant takes the application back; withdrawing twice is withdrawing once."""
    application = locked(application_id)
    if application.state == State.WITHDRAWN:
        return application
    move(application, Verb.WITHDRAW)
    application.decided_at = application.decided_by = application.override_agreed_by = None
    asking.close(application, at=at)
    application.offers.open().update(outcome=TypeOffer.Outcome.REFUSED, closed_at=at)
    overrides.drop_request(application)
    application.save()
    application.fees.outstanding().update(cancelled_at=at)
    post.note_of(application, "withdrew the application", at=at, by=by)
    return application


@transaction.atomic
def expire_unpaid(*, application_id: int, at: dt.datetime) -> bool:
    """End an approval whose fee nobody paid. False where that is not how things stand."""
    application = locked(application_id)
    fee = application.fees.select_for_update().outstanding().first()
    if application.state != State.APPROVED or fee is None:
        return False
    move(application, Verb.EXPIRE)
    application.save()
    fee.cancelled_at = at
    fee.save()
    post.tell_of(application, "approval_expired", at=at, apply_url=post.own_application_url())
    post.note_of(application, "ended the approval: the fee was not paid", at=at, by=None)
    return True


def keep_findings(application: Application, *, on: dt.date) -> None:
    """Keep the evidence, the findings and the version of the rules; saved by the caller."""
    assessment = facts.assess_application(application, on)
    application.submitted_evidence = facts.as_json(facts.evidence_of(application, on))
    application.findings = [dataclasses.asdict(finding) for finding in assessment.findings]
    application.rules_version = facts.rules_version(on)


def _refuse_unless_ready(application_id: int, on: dt.date) -> None:
    """Raise as `submit` says. Of what comes back, only what was asked for is looked at.

    A row of its own, because what is read here for judging must not be taken for the present.
    """
    application = Application.objects.get(pk=application_id)
    told = known.of_application(application)
    left = steps.unfinished(told)
    if left:
        raise Unfinished([step.title for step in left])
    if application.rules_accepted_at is None:
        raise RulesNotAccepted
    assessment = facts.assess_application(application, on)
    in_the_way = [one for one in assessment.findings if one.severity in IN_THE_WAY]
    sections = {advice.section_of(one.code, assessment.applied_for) for one in in_the_way}
    if any(steps.may_change(section, told) for section in sections):
        raise NotReady(assessment)


def _new_reference() -> str:
    letters_and_digits = (secrets.choice(REFERENCE_LETTERS) for _ in range(7))
    return "A" + "".join(letters_and_digits)
