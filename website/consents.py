"""Every consent that somebody gave or took back, with its wording and day; and taking one back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from benefits import news
from benefits.models import NewsConsent, Topic
from directory import publishing
from directory.models import Listing
from foundation import history
from foundation.models import Event
from membership import accounts, one_person, statements
from membership.models import Person, User
from records.models import TermsAcceptance

DIRECTORY = "directory"
NEWS = "news "
LONGEST_KEY = 9
NO_WORDS = "The directory"
ENDED_BY = (publishing.OPTED_OUT, "left the society")
GIVEN = "In the directory I agree to this: {}"
TERMS = "I accept the terms of use of a register of client records ({})"
FIELDS = {words: name for name, words in publishing.FIELD_WORDS.items()}


@dataclass(frozen=True)
class Consent:
    """Something that somebody agreed to; `key` names it for taking it back."""

    key: str
    words: str
    given_at: dt.datetime
    withdrawn_at: dt.datetime | None = None


@dataclass(frozen=True)
class Statement:
    """Something that somebody confirmed or accepted; it was true on its day, or it was not."""

    words: str
    made_at: dt.datetime


@never_cache
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """One page for all of them."""
    person = accounts.of_request(request)
    context = {"consents": of(person), "statements": statements_of(person)}
    return render(request, "website/consents.html", context)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one back at once."""
    person, by, now = accounts.of_request(request), accounts.login_of(request), timezone.now()
    key = request.POST.get("key", "")
    if key == DIRECTORY:
        publishing.opt_out(person_id=person.pk, by=by, at=now)
    elif key.startswith(NEWS):
        _withdraw_news(person, key.removeprefix(NEWS), by=by, at=now)
    elif key in publishing.FIELD_WORDS:
        publishing.withdraw(person_id=person.pk, name=key, by=by, at=now)
    else:
        raise Http404
    messages.success(request, "Taken back. It holds from now on.")
    return redirect("website:consents")


def of(person: Person) -> list[Consent]:
    """Newest first, those that hold before those that were taken back. Five queries."""
    found = _to_news(person, holds=False)
    open_ones: dict[str, Consent] = {}
    for event in reversed(_events(person, (publishing.OPTED_IN, publishing.CONSENTED, *ENDED_BY))):
        for key, words in _changes(event):
            known = open_ones.pop(key, None)
            if known is not None and not words:
                found.append(replace(known, withdrawn_at=event.at))
            elif words:
                open_ones[key] = known or Consent(key, words, event.at)
    holding = _that_hold(person, open_ones.values()) + _to_news(person, holds=True)
    newest = sorted(found, key=lambda one: one.given_at, reverse=True)
    return [*sorted(holding, key=lambda one: one.given_at, reverse=True), *newest]


def statements_of(person: Person) -> list[Statement]:
    """What they confirmed in their applications, and terms that they accepted, newest first."""
    made = [
        Statement(words, event.at)
        for event in _events(person, (statements.CONFIRMED,))
        for words in event.text.splitlines()
    ]
    accepted = TermsAcceptance.objects.filter(accepted_by__person=person)
    made += [Statement(TERMS.format(one.version), one.accepted_at) for one in accepted]
    return sorted(made, key=lambda one: one.made_at, reverse=True)


def _to_news(person: Person, *, holds: bool) -> list[Consent]:
    """Consents to news have rows of their own, each with its wording."""
    theirs = NewsConsent.objects.filter(person__in=one_person.accounts_of(person))
    return [
        Consent(f"{NEWS}{one.topic_id}", one.wording, one.given_at, one.withdrawn_at)
        for one in theirs.filter(withdrawn_at__isnull=holds)
    ]


def _withdraw_news(person: Person, topic: str, *, by: User, at: dt.datetime) -> None:
    if not topic.isdecimal() or len(topic) > LONGEST_KEY:
        raise Http404
    news.withdraw(person, list(Topic.objects.filter(pk=int(topic))), by=by, at=at)


def _events(person: Person, verbs: Iterable[str]) -> list[Event]:
    keys = one_person.history_keys(one_person.accounts_of(person))
    return list(history.of(*keys).filter(verb__in=verbs))


def _changes(event: Event) -> list[tuple[str, str]]:
    """What a line of history began, with its wording, or ended, without."""
    if event.verb == publishing.OPTED_IN:
        return [(DIRECTORY, event.text or NO_WORDS)]
    if event.verb in ENDED_BY:
        return [(DIRECTORY, "")]
    told = [part.rpartition(": ") for part in event.text.split("; ")]
    return [
        (FIELDS[words], GIVEN.format(words) if said == "yes" else "")
        for words, _colon, said in told
        if words in FIELDS
    ]


def _that_hold(person: Person, begun: Iterable[Consent]) -> list[Consent]:
    """A listing that is gone took its consents with it."""
    is_there = Listing.objects.filter(person=person).exists()
    return list(begun) if is_there else []
