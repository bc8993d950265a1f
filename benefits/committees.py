"""The only writer of expressions of interest: said, taken back, answered with a letter."""

import datetime as dt

from django.db import transaction

from benefits.models import Committee, Expression
from foundation import history, links
from membership import post, standing
from membership.models import Person, User

MAY_HELP = ("active", "grace")
State = Expression.State
LETTERS = {State.INVITED: "committee_invitation", State.THANKED: "committee_thanks"}


class NotPossible(Exception):
    """That step makes no sense now; the text says why."""


def may_help(person: Person, *, on: dt.date) -> bool:
    """Members may, and keep it in the days of grace. Three queries at most."""
    return standing.of(person, on).state in MAY_HELP


@transaction.atomic
def express(
    committee_id: int, *, person: Person, words: str, by: User, on: dt.date, at: dt.datetime
) -> Expression:
    """Say that somebody would help; said twice it waits once. Raises NotPossible."""
    committee = Committee.objects.shown().select_for_update().get(pk=committee_id)
    waiting = Expression.objects.waiting().filter(committee=committee, person=person).first()
    if waiting is not None:
        return waiting
    if not committee.is_open:
        raise NotPossible(f"{committee} does not look for anybody at present.")
    if not may_help(person, on=on):
        raise NotPossible("Committees are for members. Your membership is not active today.")
    made = Expression.objects.create(
        committee=committee, person=person, words=words, expressed_at=at
    )
    history.record(
        person.history_key, "would help in a committee", at=at, by=by, text=committee.name
    )
    return made


@transaction.atomic
def withdraw(expression_id: int, *, by: User, at: dt.datetime) -> None:
    """Take it back before it is answered. Raises NotPossible."""
    found = _waiting(expression_id)
    _close(found, State.WITHDRAWN, by=by, at=at)
    history.record(
        found.person.history_key,
        "took an expression of interest back",
        at=at,
        by=by,
        text=found.committee.name,
    )


@transaction.atomic
def answer(expression_id: int, *, state: str, words: str, by: User, at: dt.datetime) -> Expression:
    """Invite somebody, or thank them; they get a letter with these words. Raises NotPossible."""
    found = _waiting(expression_id)
    found.answer = words
    _close(found, state, by=by, at=at)
    person = found.person.merged_into or found.person
    post.tell(
        person,
        LETTERS[State(state)],
        key=f"expression {found.pk} answered",
        at=at,
        committee=found.committee,
        words=words,
        committee_url=links.absolute(found.committee.get_absolute_url()),
    )
    verb = f"{State(state).label.lower()} for a committee"
    history.record(person.history_key, verb, at=at, by=by, text=found.committee.name)
    return found


def _close(found: Expression, state: str, *, by: User, at: dt.datetime) -> None:
    found.state, found.closed_at, found.closed_by = state, at, by
    found.save(update_fields=["state", "closed_at", "closed_by", "answer"])


def _waiting(expression_id: int) -> Expression:
    rows = Expression.objects.select_related("committee", "person__merged_into")
    found = rows.select_for_update(of=("self",)).get(pk=expression_id)
    if found.state != State.WAITING:
        raise NotPossible(f"This is settled already: {found.get_state_display().lower()}.")
    return found
