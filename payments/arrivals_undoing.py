"""Takes a whole file of members back, where nothing has happened to its people since.

Whoever has signed in, paid, or was decided about stays, and is named with what happened. The ledger
is added to, never cut: what was booked is reversed, and the row of its payer names nobody any more.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from foundation import history, letters
from foundation.dates import in_words
from foundation.models import Event
from membership import lifecycle
from membership.arrivals import making, welcome
from membership.models import Application, Arrival, ArrivalFile, FeeDue, Person, User
from payments import brought_forward, invoicing
from payments.models import Account, Attempt, Entry, Invoice

UNDO_FOR = dt.timedelta(days=30)
NOT_OF_THE_FILE = Q(fee=None) | ~Q(fee=F("account__person__arrival__fee"))


@dataclass(frozen=True)
class Staying:
    """Somebody whom an undoing leaves as they are, and what has happened since."""

    person: Person
    line: int
    why: str


class NotUndone(Exception):
    """The file stays as it is; the text says why."""


def undo_until(file: ArrivalFile) -> dt.datetime | None:
    """Until when a file that is done can be undone."""
    return file.done_at + UNDO_FOR if file.done_at else None


def staying(file: ArrivalFile) -> list[Staying]:
    """People of a file to whom something has happened. The same few queries however many."""
    arrivals = file.arrivals.select_related("person__user").order_by("line")
    found = {one.person_id: one for one in arrivals}
    why = _happenings(found.values())
    return [Staying(one.person, one.line, why[pk]) for pk, one in found.items() if pk in why]


def undo(file_id: int, *, by: User, at: dt.datetime) -> int:
    """Take back whom nothing has happened to; how many. Again tries the rest. Raises NotUndone.

    Each person is a transaction: a run that is cut short leaves the rest to the next press.
    """
    file = ArrivalFile.objects.get(pk=file_id)
    until = undo_until(file)
    if until is None or at >= until:
        raise NotUndone("A file can be undone for 30 days after its people were brought in.")
    stay = {one.person.pk for one in staying(file)}
    free = file.arrivals.exclude(person__in=stay).order_by("line")
    gone = sum(_take_back(pk, by=by, at=at) for pk in list(free.values_list("pk", flat=True)))
    _note(file_id, gone, by=by, at=at)
    return gone


@transaction.atomic
def _take_back(arrival_id: int, *, by: User, at: dt.datetime) -> bool:
    """One person, under their lock; False where something has happened just now."""
    arrival = Arrival.objects.filter(pk=arrival_id).first()
    if arrival is None:
        return False
    person = Person.objects.select_for_update(of=("self",)).get(pk=arrival.person_id)
    if _happenings([arrival]):
        return False
    letters.hold_back(welcome.key_of(arrival), at=at)
    if arrival.fee is not None:
        brought_forward.take_back(arrival.fee, by=by, at=at)
    lifecycle.take_out(person, arrival.fee, at=at)
    for invoice in Invoice.objects.payable().filter(account__person=person):
        invoicing.withdraw(invoice.pk, at=at)
    history.record(person.history_key, "taken back: the file was undone", at=at, by=by)
    history.erase_text(person.history_key)
    arrival.delete()
    keeps_row = Account.objects.filter(person=person).exists()
    if not keeps_row:
        FeeDue.objects.filter(person=person).delete()
    making.unmake(person, keeps_row=keeps_row)
    return True


def _happenings(arrivals: Iterable[Arrival]) -> dict[int, str]:
    """What has happened to whom since they came, by the person; nothing where nothing has."""
    by_person = {one.person_id: one for one in arrivals}
    people = list(by_person)
    found: dict[int, str] = {}
    for login in User.objects.filter(person__in=people).select_related("person"):
        if login.last_login is not None:
            found[login.person.pk] = f"signed in on {in_words(login.last_login.date())}"
        elif login.has_usable_password():
            found[login.person.pk] = "has chosen a password"
    for words, pks in _rows_since(people):
        for pk in pks:
            found.setdefault(pk, words)
    for pk, words in _decided(by_person).items():
        found.setdefault(pk, words)
    return found


def _rows_since(people: list[int]) -> Iterable[tuple[str, Iterable[int]]]:
    theirs = Q(account__person__in=people)
    paid = Entry.objects.filter(theirs, kind=Entry.Kind.PAYMENT).exclude(method=Entry.Method.BEFORE)
    pressed = Attempt.objects.filter(invoice__account__person__in=people)
    other = Invoice.objects.filter(theirs, fee=None)
    merged = Person.objects.filter(pk__in=people).exclude(merged_into=None, merged_from=None)
    yield "a payment has come", paid.values_list("account__person", flat=True)
    yield "has gone to pay", pressed.values_list("invoice__account__person", flat=True)
    yield "has something else to pay", other.values_list("account__person", flat=True)
    yield (
        "has an application",
        Application.objects.filter(person__in=people).values_list("person", flat=True),
    )
    yield "was merged with somebody", merged.values_list("pk", flat=True)


def _decided(by_person: dict[int, Arrival]) -> dict[int, str]:
    """The newest line of a history that a person of the office, or they themselves, wrote since."""
    people = Person.objects.filter(pk__in=by_person).only("pk", "key")
    keys = {person.history_key: person.pk for person in people}
    came = {key: by_person[pk].came_at for key, pk in keys.items()}
    lines = Event.objects.filter(chain__in=keys).exclude(actor=history.actor(None))
    since: defaultdict[int, str] = defaultdict(str)
    for line in lines.order_by("number"):
        if line.at > came[line.chain_id]:
            since[keys[line.chain_id]] = f"{line.verb} on {in_words(timezone.localdate(line.at))}"
    return dict(since)


@transaction.atomic
def _note(file_id: int, gone: int, *, by: User, at: dt.datetime) -> None:
    file = ArrivalFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    file.undone_at, file.undone_by, file.undone = at, by, file.undone + gone
    file.save(update_fields=["undone_at", "undone_by", "undone"])
    text = f"{gone} taken back, {file.arrivals.count()} stay"
    history.record(f"file of members {file.key}", "undone", at=at, by=by, text=text)
