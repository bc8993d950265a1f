"""One timeline a person out of every room: states, letters, money, and who looked."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from foundation import history
from foundation.look import Moment, Tone
from foundation.models import Event, Letter
from foundation.pence import pounds
from membership import one_person
from membership.models import Person, User
from payments.models import Entry

THE_PORTAL = history.actor(None)
VIEWS = frozenset({"looked at a file", "history exported"})
# The ledger tells these itself, with the sums.
TOLD_BY_THE_LEDGER = frozenset({"payment received"})
# What a member reads of themselves; the office's reasons stay with the office.
OWN = VIEWS | {
    "a referee could not be reached",
    "a referee was asked",
    "a referee was replaced",
    "a referee would rather not",
    "a reference arrived",
    "added a file",
    "approved the application",
    "asked for areas of expertise",
    "asked for more information",
    "assigned expertise",
    "changed the directory listing",
    "changed their home details",
    "changed their work details",
    "checked a register",
    "declined the application",
    "downloaded their data",
    "deleted an application that was never sent",
    "ended the approval: the fee was not paid",
    "ended the suspension",
    "left the society",
    "merged with another account",
    "opted in to the directory",
    "opted out of the directory",
    "put the name right",
    "raised the renewal fee",
    "removed a file",
    "sent the application",
    "separated from another account",
    "started an application",
    "suspended the membership",
    "the membership is active",
    "the membership lapsed",
    "the renewal was not paid",
    "told of a course",
    "told of a qualification",
    "told of a registration",
    "waived the fee",
    "was sent an enquiry",
    "withdrew expertise",
    "withdrew the application",
}


class Kind(StrEnum):
    """What the timeline can be narrowed to."""

    STATES = "states"
    LETTERS = "letters"
    MONEY = "money"
    VIEWS = "views"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Kind.STATES: "What happened",
    Kind.LETTERS: "Letters",
    Kind.MONEY: "Money",
    Kind.VIEWS: "Who looked",
}


@dataclass(frozen=True)
class Line:
    """One thing in somebody's timeline; a letter that went can be noted as come back."""

    at: dt.datetime
    kind: Kind
    words: str
    detail: str = ""
    who: str = ""
    tone: Tone = Tone.PLAIN
    letter_id: int | None = None


def of(person: Person, kinds: Collection[Kind] = tuple(Kind)) -> list[Line]:
    """Everything of these kinds, newest first, whatever account it came to. Five queries."""
    people = one_person.accounts_of(person)
    keys = one_person.history_keys(people)
    lines: list[Line] = []
    if Kind.STATES in kinds or Kind.VIEWS in kinds:
        lines += [one for one in _events(keys, person) if one.kind in kinds]
    if Kind.LETTERS in kinds:
        lines += [_letter(one) for one in Letter.objects.filter(subject_key__in=keys)]
    if Kind.MONEY in kinds:
        entries = Entry.objects.filter(account__person__in=people).select_related("invoice")
        lines += [_money(one) for one in entries.select_related("posted_by")]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def views_of(person: Person) -> list[Moment]:
    """Every time somebody of the office opened a file of theirs, newest first. Two queries."""
    people = list(one_person.accounts_of(person).select_related("user"))
    keys = [one.history_key for one in people]
    seen = history.of(*keys).filter(verb__in=VIEWS)
    logins = {history.actor(one.user) for one in people if one.user}
    return [_own_event(one, logins) for one in seen]


def own(person: Person) -> list[Moment]:
    """What somebody reads of themselves: no names of the office, none of its notes."""
    people = list(one_person.accounts_of(person).select_related("user"))
    keys = [one.history_key for one in people]
    logins = {history.actor(one.user) for one in people if one.user}
    addresses = {one.email for one in people} | {one.user.email for one in people if one.user}
    letters = Letter.objects.filter(subject_key__in=keys, to__in=addresses)
    entries = Entry.objects.filter(account__person__in=people).select_related("invoice")
    moments = [_own_event(one, logins) for one in history.of(*keys).filter(verb__in=OWN)]
    moments += [_moment(_letter(one)) for one in letters]
    moments += [_moment(_money(one)) for one in entries]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _events(keys: list[str], person: Person) -> list[Line]:
    events = [one for one in history.of(*keys) if one.verb not in TOLD_BY_THE_LEDGER]
    names = names_of(events)
    if person.user_id and person.name:
        names[f"user {person.user_id}"] = person.name
    return [
        Line(
            at=one.at,
            kind=Kind.VIEWS if one.verb in VIEWS else Kind.STATES,
            words=_capital(one.verb),
            detail=one.text,
            who=names.get(one.actor, one.actor),
        )
        for one in events
    ]


def names_of(events: Iterable[Event]) -> dict[str, str]:
    """History keeps no names, so that they can be erased: they are looked up to be shown."""
    numbers = {one.actor.removeprefix("user ") for one in events}
    known = User.objects.filter(pk__in=[number for number in numbers if number.isdigit()])
    return {history.actor(user): str(user) for user in known}


def _letter(letter: Letter) -> Line:
    delivery, tone = letter.delivery
    return Line(
        at=letter.queued_at,
        kind=Kind.LETTERS,
        words=f"Letter: {letter.subject}",
        detail=f"{delivery}. To {letter.to}.",
        who=THE_PORTAL,
        tone=tone,
        letter_id=letter.pk if letter.may_come_back else None,
    )


def _money(entry: Entry) -> Line:
    kind = "Invoice" if entry.kind == Entry.Kind.CHARGE else entry.get_kind_display()
    what = f"{kind}: {pounds(abs(entry.pence))}"
    about = f"{entry.invoice.number}: {entry.invoice.text}" if entry.invoice else "On account"
    came = entry.kind == Entry.Kind.PAYMENT
    return Line(
        at=entry.posted_at,
        kind=Kind.MONEY,
        words=what + entry.came_by,
        detail=f"{about}. {entry.note}".removesuffix(". ") + ("" if entry.note else "."),
        who=str(entry.posted_by) if entry.posted_by else THE_PORTAL,
        tone=Tone.GOOD if came else Tone.PLAIN,
    )


def _own_event(event: Event, logins: set[str]) -> Moment:
    if event.actor in logins:
        who = "You"
    else:
        who = "The portal" if event.actor == THE_PORTAL else "The office"
    about = f" {event.text}." if event.verb in VIEWS and event.text else ""
    tone = Tone.WAIT if event.verb in VIEWS else Tone.PLAIN
    return Moment(event.at, _capital(event.verb), f"{who}.{about}", tone)


def _moment(line: Line) -> Moment:
    return Moment(line.at, line.words, line.detail, line.tone)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
