"""A letter to somebody about their own affairs, and the line of it in their history.

Whatever writes to a person, in this room and above it, does so here, inside its own transaction.
"""

import datetime as dt

from django.urls import reverse

from foundation import history, letters
from foundation.letters import Wanted
from foundation.links import absolute
from foundation.models import Letter
from membership.models import Application, Person, User


def letter_to(
    person: Person, kind: str, *, key: str, encloses: str = "", **context: object
) -> Wanted:
    """A letter to the person; the same key again is the same letter."""
    return Wanted(
        kind,
        key=key,
        to=person.email,
        subject_key=person.history_key,
        encloses=encloses,
        context={"person": person, **context},
    )


def tell(
    person: Person,
    kind: str,
    *,
    key: str,
    at: dt.datetime,
    encloses: str = "",
    **context: object,
) -> Letter:
    """Queue a letter to the person."""
    wanted = letter_to(person, kind, key=key, encloses=encloses, **context)
    return letters.queue_one(wanted, at=at)


def tell_of(
    application: Application,
    kind: str,
    *,
    at: dt.datetime,
    encloses: str = "",
    **context: object,
) -> Letter:
    """A letter about a step of an application.

    One a step and moment: the state, checked under the lock, lets each step be taken once.
    """
    key = key_of(application, kind, at)
    person = application.person
    return tell(person, kind, key=key, at=at, encloses=encloses, application=application, **context)


def key_of(application: Application, kind: str, at: dt.datetime) -> str:
    """What names the letter about a step that was taken at a moment."""
    return f"{kind}:{application.pk}:{at.astimezone(dt.UTC).isoformat()}"


def own_application_url() -> str:
    """Where a letter leads somebody who applies: to the login first, and on from there.

    The page of one's application itself offers strangers to make an account.
    """
    return absolute(f"{reverse('account_login')}?next={reverse('membership:apply')}")


def note(person: Person, verb: str, *, at: dt.datetime, by: User | None, text: str = "") -> None:
    history.record(person.history_key, verb, at=at, by=by, text=text)


def note_of(
    application: Application, verb: str, *, at: dt.datetime, by: User | None, text: str = ""
) -> None:
    """A line about an application, which names it."""
    words = f"{application.reference}. {text}".strip()
    note(application.person, verb, at=at, by=by, text=words)
