"""The dates that go along with practising, as the member sees them on their profile."""

import datetime as dt

from django.urls import reverse

from foundation.dates import in_words
from foundation.look import Task, Tone
from foundation.prepared import A_NUMBER, Rows
from membership import watch
from membership.models import Assurance, Person, Registration
from membership.standing import Standing
from membership.types import FACTS

Kind = Assurance.Kind
SOON = dt.timedelta(days=max(watch.STEPS))
ASSURANCES = Rows(A_NUMBER, lambda person: Assurance.objects.filter(person=person))
REGISTRATIONS = Rows(
    A_NUMBER, lambda person: Registration.objects.filter(person=person).order_by("pk")
)
NOT_SHOWN = "Clinical areas that rest on it are not shown in the directory."


def tasks_of(person: Person, stands: Standing, on: dt.date) -> tuple[Task, ...]:
    """What we know and what we ask for; nothing of those who do not practise. Two queries."""
    if stands.type is None or not FACTS[stands.type].practising:
        return ()
    if stands.state not in ("active", "grace", "suspended"):
        return ()
    known = {one.kind: one for one in ASSURANCES(person.pk)}
    return (
        *(_registration(one, on) for one in REGISTRATIONS(person.pk)),
        _insurance(known.get(Kind.INDEMNITY), on),
        _dbs(known.get(Kind.DBS), on),
    )


def _registration(registration: Registration, on: dt.date) -> Task:
    status, tone, hint = _standing_of(registration, on)
    name = f"Registration with {registration.body}"
    if registration.number:
        name = f"{name}, number {registration.number}"
    url = reverse("membership:tell_registration", args=[registration.pk])
    return Task(name, url, status, tone, hint)


def _standing_of(registration: Registration, on: dt.date) -> tuple[str, Tone, str]:
    until = registration.expires_on
    if registration.told_until is not None:
        words = f"You told us: until {in_words(registration.told_until)}."
        return "We look it up", Tone.WAIT, words
    if registration.status == Registration.Status.UNCHECKED:
        return "Not checked yet", Tone.WAIT, "The office looks it up on the register."
    if registration.status != Registration.Status.REGISTERED:
        return registration.get_status_display(), Tone.STOP, NOT_SHOWN
    if until is not None and until < on:
        return f"Ended on {in_words(until)}", Tone.STOP, NOT_SHOWN
    if until is not None and until <= on + SOON:
        return f"Ends on {in_words(until)}", Tone.ACT, "Tell us the new date once you have it."
    hint = f"Current until {in_words(until)}." if until else ""
    day = registration.checked_on
    return f"Checked on {in_words(day)}" if day else "Checked", Tone.GOOD, hint


def _insurance(known: Assurance | None, on: dt.date) -> Task:
    url = reverse("membership:tell_date", args=[Kind.INDEMNITY.value])
    name = "Professional indemnity insurance"
    if known is None:
        return Task(name, url, "Tell us the date", Tone.ACT, "When does your insurance end?")
    day = in_words(known.dated_on)
    if known.dated_on < on:
        return Task(name, url, f"Ended on {day}", Tone.STOP, "Tell us the new date.")
    tone = Tone.GOOD if known.checked_on else Tone.WAIT
    if known.dated_on <= on + SOON:
        tone = Tone.ACT
    return Task(name, url, f"Until {day}", tone, _seen(known))


def _dbs(known: Assurance | None, on: dt.date) -> Task:
    url = reverse("membership:tell_date", args=[Kind.DBS.value])
    name = "DBS, PVG or AccessNI check"
    if known is None:
        return Task(name, url, "Tell us the date", Tone.ACT, "When was your most recent check?")
    if known.good_until < on:
        hint = f"The last one was on {in_words(known.dated_on)}."
        return Task(name, url, "A new check is due", Tone.STOP, hint)
    tone = Tone.ACT if known.good_until <= on + SOON else Tone.GOOD
    hint = f"A new check is due after {in_words(known.good_until)}."
    return Task(name, url, f"Made on {in_words(known.dated_on)}", tone, hint)


def _seen(known: Assurance) -> str:
    if known.checked_on is None:
        return "You told us; the office has not seen it yet."
    return f"Seen by the office on {in_words(known.checked_on)}."
