"""The one table of what can be done with an application, and how its row is held meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from membership.lifecycle.errors import AlreadyDecided, WithApplicant, WrongState
from membership.models import Application

State = Application.State


class Verb(StrEnum):
    """What somebody does with an application."""

    SUBMIT = "submit"
    ASK = "ask"
    OFFER = "offer"
    AGREE = "agree"
    TAKE_BACK = "take back"
    APPROVE = "approve"
    DECLINE = "decline"
    UNDO = "undo"
    OVERTURN = "overturn"
    WITHDRAW = "withdraw"
    ACTIVATE = "activate"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Step:
    """From which states to which."""

    starts: frozenset[str]
    ends: Application.State


def _step(*starts: Application.State, to: Application.State) -> Step:
    return Step(frozenset(starts), to)


STEPS: Mapping[Verb, Step] = {
    Verb.SUBMIT: _step(State.DRAFT, State.MORE_INFORMATION, to=State.SUBMITTED),
    Verb.ASK: _step(State.SUBMITTED, to=State.MORE_INFORMATION),
    Verb.OFFER: _step(State.SUBMITTED, to=State.OFFERED),
    Verb.AGREE: _step(State.OFFERED, to=State.APPROVED),
    Verb.TAKE_BACK: _step(State.MORE_INFORMATION, State.OFFERED, to=State.SUBMITTED),
    Verb.APPROVE: _step(State.SUBMITTED, to=State.APPROVED),
    Verb.DECLINE: _step(State.SUBMITTED, State.MORE_INFORMATION, to=State.DECLINED),
    Verb.UNDO: _step(State.APPROVED, State.DECLINED, to=State.SUBMITTED),
    Verb.OVERTURN: _step(State.DECLINED, to=State.SUBMITTED),
    Verb.WITHDRAW: _step(
        State.DRAFT,
        State.SUBMITTED,
        State.MORE_INFORMATION,
        State.OFFERED,
        State.APPROVED,
        to=State.WITHDRAWN,
    ),
    Verb.ACTIVATE: _step(State.APPROVED, to=State.ACTIVATED),
    Verb.EXPIRE: _step(State.APPROVED, to=State.EXPIRED),
}


def locked(application_id: int) -> Application:
    return Application.objects.select_for_update().get(pk=application_id)


def allows(application: Application, verb: Verb) -> bool:
    """Whether the table has this step from where the application is."""
    return application.state in STEPS[verb].starts


def refuse_unless_allowed(application: Application, verb: Verb) -> None:
    """Raise WrongState where the table has no such step; where somebody was first, it says who."""
    if allows(application, verb):
        return
    if application.state in Application.DECIDED:
        raise AlreadyDecided(application)
    if application.state in (State.MORE_INFORMATION, State.OFFERED):
        raise WithApplicant(application)
    raise WrongState(
        f"This application is “{application.get_state_display()}”, so this cannot be done now."
    )


def move(application: Application, verb: Verb) -> None:
    """Set the state that the step leads to. Raises WrongState as `refuse_unless_allowed`."""
    refuse_unless_allowed(application, verb)
    application.state = STEPS[verb].ends
