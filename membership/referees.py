"""The only writer of a referee's state: asking, reminding, answering, replacing."""

import datetime as dt
import secrets
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import Q

from foundation import letters, links
from foundation.links import absolute
from foundation.one_by_one import each
from membership import post
from membership.models import Application, Referee, User

PURPOSE = "reference"
REQUEST, REMINDER = "reference_request", "reference_reminder"
LASTS = dt.timedelta(days=60)
REMIND_AFTER = (dt.timedelta(days=7), dt.timedelta(days=14))
WAITING = Application.TAKES_REFERENCES
State = Referee.State


@dataclass(frozen=True)
class Answer:
    """What a referee says."""

    known_for: str
    capacity: str
    opinion: str
    concerns: str
    may_call: bool


ANSWERS = tuple(field.name for field in fields(Answer))


class UsedLink(links.LinkError):
    """The reference was given, or the applicant named somebody else meanwhile."""


class NotReplaceable(Exception):
    """The text says why this referee stays."""


def ask_all(application: Application, *, at: dt.datetime) -> None:
    """Write to every named referee who was not written to yet."""
    for referee in application.referees.named().filter(state=State.NAMED):
        _ask(referee, at=at)


def find_asked(token: str) -> Referee:
    """Whom a link belongs to. Raises foundation.links.LinkError with words for the reader."""
    payload = links.read(token, purpose=PURPOSE, lasts=LASTS)
    referee = (
        Referee.objects.named()
        .select_related("application__person")
        .filter(pk=payload["referee"], nonce=payload["nonce"])
        .first()
    )
    if referee is None:
        raise UsedLink("This link no longer works: the applicant has named somebody else.")
    if referee.state != State.ASKED:
        raise UsedLink("This link has been used. Thank you for your answer.")
    if referee.application.state not in WAITING:
        raise UsedLink("This application no longer needs your answer. Thank you for your time.")
    return referee


@transaction.atomic
def keep(*, referee_id: int, name: str, value: str | bool) -> Referee:
    """One answer of a reference that is not sent yet, for the referee alone to come back to.

    It waits on the referee's own row, not in a session: whoever follows the same link on another
    device finds it there, and it goes when the row goes. The office reads none of it before it is
    sent; once the referee has answered or refused, nothing is kept any more.
    """
    referee = _locked(referee_id)
    if referee.state == State.ASKED and _is_needed(referee) and name in ANSWERS:
        setattr(referee, name, value)
        referee.save(update_fields=[name])
    return referee


@transaction.atomic
def answer(*, referee_id: int, said: Answer, at: dt.datetime, recorded_by: User | None) -> Referee:
    """Keep a reference, given by the link or (recorded_by) taken down by the office.

    The first answer stays: a second one, or one after a refusal, changes nothing; nor does one
    that comes when the application needs none any more.
    """
    referee = _locked(referee_id)
    if referee.state in (State.ANSWERED, State.REFUSED) or not _is_needed(referee):
        return referee
    referee.known_for, referee.capacity = said.known_for, said.capacity
    referee.opinion, referee.concerns, referee.may_call = said.opinion, said.concerns, said.may_call
    referee.recorded_by = recorded_by
    _close(referee, State.ANSWERED, at=at)
    _note(referee, "a reference arrived", at=at, by=recorded_by)
    return referee


@transaction.atomic
def refuse(*, referee_id: int, at: dt.datetime) -> Referee:
    """The referee would rather not; the applicant is told only to name somebody else.

    Nothing changes for an application that needs no reference any more.
    """
    referee = _locked(referee_id)
    if referee.state != State.ASKED or not _is_needed(referee):
        return referee
    _forget_answers(referee)
    _close(referee, State.REFUSED, at=at)
    _tell_applicant(referee, at=at)
    _note(referee, "a referee would rather not", at=at, by=None)
    return referee


@transaction.atomic
def mark_bounced(*, referee_id: int, by: User | None, at: dt.datetime) -> Referee:
    """The letter came back: the applicant is asked for another referee.

    Nothing changes for an application that needs no reference any more.
    """
    referee = _locked(referee_id)
    if referee.state != State.ASKED or not _is_needed(referee):
        return referee
    _forget_answers(referee)
    referee.state = State.BOUNCED
    referee.save()
    _tell_applicant(referee, at=at)
    _note(referee, "a referee could not be reached", at=at, by=by)
    return referee


@transaction.atomic
def replace(*, referee_id: int, by: User, at: dt.datetime) -> Application:
    """Make room for another referee in the same place. Raises NotReplaceable."""
    referee = _locked(referee_id)
    if referee.replaced_at is not None:
        return referee.application
    if referee.state not in (State.REFUSED, State.BOUNCED):
        raise NotReplaceable("Only a referee who declined or could not be reached is replaced.")
    referee.replaced_at = at
    referee.save()
    _note(referee, "a referee was replaced", at=at, by=by)
    return referee.application


def remind_due(*, at: dt.datetime) -> int:
    """Remind referees who have not answered, after 7 and 14 days; how many were reminded."""
    due = Q()
    for number, age in enumerate(REMIND_AFTER):
        due |= Q(reminders_sent=number, asked_at__lte=at - age)
    waiting = Referee.objects.named().filter(
        due,
        state=State.ASKED,
        application__state__in=WAITING,
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(each(ids, lambda pk: _remind(pk, at=at)))


def mark_refused(*, at: dt.datetime) -> int:
    """Referees whose mail server refuses our letters cannot be reached; how many there are."""
    asked = Referee.objects.named().filter(state=State.ASKED, application__state__in=WAITING)
    keys = {
        _key(kind, pk, number): pk
        for pk, sent in asked.order_by("pk").values_list("pk", "reminders_sent")
        for kind, number in [(REQUEST, 0), *((REMINDER, each + 1) for each in range(sent))]
    }
    lost = sorted({keys[key] for key in letters.refused(keys)})
    for pk in lost:
        mark_bounced(referee_id=pk, by=None, at=at)
    return len(lost)


def link_of(referee: Referee) -> str:
    token = links.sign({"referee": referee.pk, "nonce": referee.nonce}, purpose=PURPOSE)
    return absolute(f"/reference/{token}/")


@transaction.atomic
def _remind(referee_id: int, *, at: dt.datetime) -> bool:
    referee = _locked(referee_id)
    if referee.state != State.ASKED or not _is_needed(referee):
        return False
    if referee.reminders_sent >= len(REMIND_AFTER):
        return False
    if referee.asked_at is None or referee.asked_at + REMIND_AFTER[referee.reminders_sent] > at:
        return False
    referee.reminders_sent += 1
    referee.save()
    _write(referee, REMINDER, at=at)
    return True


def _ask(referee: Referee, *, at: dt.datetime) -> None:
    referee.state, referee.asked_at, referee.nonce = State.ASKED, at, secrets.token_hex(16)
    referee.save()
    _write(referee, REQUEST, at=at)
    _note(referee, "a referee was asked", at=at, by=None)


def _write(referee: Referee, kind: str, *, at: dt.datetime) -> None:
    letters.queue(
        kind,
        key=_key(kind, referee.pk, referee.reminders_sent),
        to=referee.email,
        at=at,
        context={
            "referee": referee,
            "applicant": referee.application.person,
            "link": link_of(referee),
            "lasts_days": LASTS.days,
        },
    )


def _key(kind: str, referee_id: int, number: int) -> str:
    """What the letter is about: the request is number 0, the reminders 1 and 2."""
    return f"{kind}:{referee_id}:{number}"


def _tell_applicant(referee: Referee, *, at: dt.datetime) -> None:
    post.tell(
        referee.application.person,
        "another_referee",
        key=f"another_referee:{referee.pk}",
        at=at,
        referee=referee,
        apply_url=post.own_application_url(),
    )


def _forget_answers(referee: Referee) -> None:
    """What was begun and never sent is nobody's to read."""
    referee.known_for = referee.capacity = referee.opinion = referee.concerns = ""
    referee.may_call = None


def _close(referee: Referee, state: str, *, at: dt.datetime) -> None:
    referee.state = state
    referee.answered_at = at
    referee.save()


def _is_needed(referee: Referee) -> bool:
    """Whether the application still waits for what this referee says."""
    return referee.replaced_at is None and referee.application.state in WAITING


def _locked(referee_id: int) -> Referee:
    """A referee under the application's lock, so that no decision falls in between."""
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person__user")
        .get(referees=referee_id)
    )
    referee = Referee.objects.select_for_update().get(pk=referee_id)
    referee.application = application
    return referee


def _note(referee: Referee, verb: str, *, at: dt.datetime, by: User | None) -> None:
    words = f"{referee.application.reference}, referee {referee.position}"
    post.note(referee.application.person, verb, at=at, by=by, text=words)
