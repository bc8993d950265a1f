"""The only writer of requests about data: asked, put off, decided item by item, answered."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from foundation.counters import next_number
from foundation.dates import months_at_most
from membership.models import Person, User
from records import others
from records.belongings import Somebody, known_by, somebody
from records.pack import Decided, Decisions, Verdict
from website.models import DataItem, DataRequest

Kind = DataRequest.Kind
MONTHS, MORE_MONTHS = 1, 2
READY_FOR = dt.timedelta(days=30)
"""How long what was decided can be fetched; it can be asked for again."""
REMIND_DAYS_BEFORE = (7, 0)
REMIND_AGAIN_DAYS = 7


class NotPossible(Exception):
    """The step is not the next one; the text says why and what to do."""


@transaction.atomic
def ask_to_see(*, person: Person | None, email: str, at: dt.datetime) -> DataRequest:
    """Ask for what others wrote; while one such request is open, asking again is the same one."""
    email = (person.email if person else email).lower()
    known = DataRequest.objects.open().filter(kind=Kind.ACCESS, email=email).first()
    if known is not None:
        return known
    request = _receive(Kind.ACCESS, person=person, email=email, words="", at=at)
    _gather(request)
    return request


@transaction.atomic
def ask_to_correct(
    *, person: Person | None, email: str, words: str, at: dt.datetime
) -> DataRequest:
    """Ask the office to put something right."""
    email = (person.email if person else email).lower()
    known = DataRequest.objects.open().filter(kind=Kind.CORRECT, email=email, words=words).first()
    return known or _receive(Kind.CORRECT, person=person, email=email, words=words, at=at)


@transaction.atomic
def pause(*, request_id: int, by: User, at: dt.datetime) -> DataRequest:
    """Ask who they are: until that is answered the clock stands. Raises NotPossible."""
    request = _open(request_id)
    if request.paused_on is not None:
        raise NotPossible("The clock has been stopped already. Wait for their answer.")
    request.paused_on = timezone.localdate(at)
    request.save(update_fields=["paused_on"])
    _note(request, "asked who they are", at=at, by=by)
    _write(request, "data_request_paused", to=request.email, at=at)
    return request


@transaction.atomic
def resume(*, request_id: int, by: User, at: dt.datetime) -> DataRequest:
    """They have shown who they are: the clock goes on. Raises NotPossible."""
    request = _open(request_id)
    if request.paused_on is None:
        raise NotPossible("The clock is running, so there is nothing to resume.")
    request.paused_days += (timezone.localdate(at) - request.paused_on).days
    request.paused_on = None
    request.due_on = due_on(request)
    request.save(update_fields=["paused_on", "paused_days", "due_on"])
    _note(request, "knows who they are", at=at, by=by)
    return request


@transaction.atomic
def extend(*, request_id: int, because: str, by: User, at: dt.datetime) -> DataRequest:
    """Take two months more, and say why within the first. Raises NotPossible."""
    request = _open(request_id)
    if request.extended_at is not None:
        raise NotPossible("The time was extended before; it cannot be extended twice.")
    if timezone.localdate(at) > request.due_on:
        raise NotPossible(
            "The first month is over: it is too late to ask for more time. Answer soon."
        )
    request.extended_at, request.extended_because = at, because
    request.due_on = due_on(request)
    request.save(update_fields=["extended_at", "extended_because", "due_on"])
    _note(request, "took two months more", at=at, by=by, text=because)
    _write(request, "data_request_extended", to=request.email, at=at)
    return request


@transaction.atomic
def decide(*, item_id: int, verdict: Verdict, words: str, by: User, at: dt.datetime) -> DataItem:
    """Give it whole, in part (the words are what is given) or not (the words are the ground).

    Raises NotPossible without these words, and once the request was answered.
    """
    item = DataItem.objects.select_related("request").get(pk=item_id)
    request = _open(item.request_id)
    if verdict != Verdict.WHOLE and not words.strip():
        raise NotPossible("Write what may be given of it, or the ground for withholding it.")
    item.verdict, item.words = verdict.value, "" if verdict == Verdict.WHOLE else words.strip()
    item.decided_at, item.decided_by = at, by
    item.save()
    _note(request, f"decided: {item.get_verdict_display().lower()}", at=at, by=by, text=item.title)
    return item


@transaction.atomic
def answer(*, request_id: int, words: str, by: User, at: dt.datetime) -> DataRequest:
    """Close it and write to them. Raises NotPossible while an item waits for its decision."""
    request = _open(request_id)
    waiting = request.items.filter(verdict="").count()
    if waiting:
        what = "entry waits" if waiting == 1 else "entries wait"
        raise NotPossible(f"{waiting} {what} for a decision. Decide on each first.")
    if request.paused_on is not None:
        raise NotPossible("The clock is stopped: say first that you know who they are.")
    request.answer, request.closed_at, request.closed_by = words, at, by
    request.save(update_fields=["answer", "closed_at", "closed_by"])
    _note(request, "answered", at=at, by=by, text=words)
    _write(request, ANSWERS[Kind(request.kind)], to=request.email, at=at)
    return request


ANSWERS = {Kind.ACCESS: "data_request_ready", Kind.CORRECT: "data_request_answered"}


def due_on(request: DataRequest) -> dt.date:
    """One calendar month, or three where it was extended, and the days on which the clock stood."""
    months = MONTHS + (MORE_MONTHS if request.extended_at else 0)
    asked_on = timezone.localdate(request.asked_at)
    return months_at_most(asked_on, months) + dt.timedelta(days=request.paused_days)


def may_be_fetched(request: DataRequest, *, at: dt.datetime) -> bool:
    """Whether what was decided can still be downloaded."""
    closed = request.closed_at
    return request.kind == Kind.ACCESS and closed is not None and at < closed + READY_FOR


def whose(request: DataRequest) -> Somebody:
    """Who asked: a person, or an address that was shown to be theirs."""
    return somebody(request.person) if request.person else known_by(request.email)


def decisions(request: DataRequest) -> Decisions:
    """What was decided, for the pack."""
    decided = request.items.exclude(verdict="")
    return {(one.model, one.key): Decided(Verdict(one.verdict), one.words) for one in decided}


def remind(*, on: dt.date, at: dt.datetime) -> int:
    """Remind the office of what is due soon, today or overdue; twice a day is once."""
    running = DataRequest.objects.open().filter(paused_on=None)
    due = [one for one in running if _is_reminded_of((one.due_on - on).days)]
    for request in due:
        _tell_office(request, "office_data_request_due", at=at, mark=on.isoformat(), on=on)
    return len(due)


def _is_reminded_of(left: int) -> bool:
    return left in REMIND_DAYS_BEFORE or (left < 0 and left % REMIND_AGAIN_DAYS == 0)


def _receive(
    kind: Kind, *, person: Person | None, email: str, words: str, at: dt.datetime
) -> DataRequest:
    day = timezone.localdate(at)
    request = DataRequest.objects.create(
        reference=f"D-{day.year}-{next_number(f'data requests of {day.year}'):04d}",
        kind=kind,
        person=person,
        name=person.name if person else "",
        email=email,
        words=words,
        asked_at=at,
        due_on=months_at_most(day, MONTHS),
    )
    _note(request, "asked", at=at, by=person.user if person else None, text=words)
    _write(request, "data_request_received", to=email, at=at)
    _tell_office(request, "office_data_request", at=at)
    return request


def _gather(request: DataRequest) -> None:
    """Every row that another person wrote, to be decided on one by one."""
    DataItem.objects.bulk_create(
        DataItem(
            request=request,
            model=aside.table.model,
            key=str(aside.row.pk),
            title=aside.title,
        )
        for aside in others.set_aside(whose(request))
    )


def _open(request_id: int) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request_id)
    if request.closed_at is not None:
        day = timezone.localdate(request.closed_at)
        raise NotPossible(f"Request {request} was answered on {day:%-d %B %Y}.")
    return request


def _note(
    request: DataRequest, verb: str, *, at: dt.datetime, by: User | None, text: str = ""
) -> None:
    history.record(request.history_key, verb, at=at, by=by, text=text)


def _tell_office(
    request: DataRequest, kind: str, *, at: dt.datetime, mark: str = "", on: dt.date | None = None
) -> None:
    days = (request.due_on - on).days if on else 0
    to = str(settings.SOCIETY["email"])
    page = reverse("admin:website_datarequest_change", args=[request.pk])
    _write(request, kind, to=to, at=at, mark=mark, page_url=links.absolute(page), days=days)


def _write(
    request: DataRequest, kind: str, *, to: str, at: dt.datetime, mark: str = "", **more: object
) -> None:
    letters.queue(
        kind,
        key=f"{kind}:{request.pk}:{mark or at.isoformat()}",
        to=to,
        context={
            "request": request,
            "link": link_of(request),
            "days_ready": READY_FOR.days,
            **more,
        },
        at=at,
        subject_key=request.history_key,
    )


def link_of(request: DataRequest) -> str:
    """Where whoever asked sees how it stands: signed in, or by a link of their own."""
    if request.person is not None and request.person.user_id:
        return links.absolute(reverse("website:your_data"))
    return links.absolute(reverse("website:data_by_link", args=[token_for(request.email)]))


PURPOSE = "own data"


def token_for(address: str) -> str:
    """What proves that whoever holds it reads an address."""
    return links.sign({"email": address.lower()}, purpose=PURPOSE)


def address_in(token: str) -> str:
    """The address of a link. Raises links.LinkError."""
    return str(links.read(token, purpose=PURPOSE, lasts=READY_FOR)["email"])
