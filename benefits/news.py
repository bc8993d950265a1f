"""The only writer of consents to news: given on the profile, ended there or by a letter's link."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from benefits.models import Announcement, NewsConsent, Recipient, Topic
from foundation import history, letters, links
from membership.models import Person, User

PURPOSE = "news"
LASTS = dt.timedelta(days=10 * 365)
"""An old letter must still be able to end what it belongs to."""
AGREED, WITHDREW = "agreed to news", "took back the consent to news"
State, Reason = Recipient.State, Recipient.Reason


@dataclass(frozen=True)
class Leaving:
    """What a link in a letter lets go: whose, and of which announcement."""

    person: Person
    announcement: Announcement | None

    @property
    def topics(self) -> list[Topic]:
        """What that letter was about; everything, where nobody knows any more."""
        if self.announcement is None:
            return list(Topic.objects.all())
        return list(self.announcement.topics.all())


def choices(person: Person) -> list[tuple[Topic, bool]]:
    """Every topic on offer, or agreed to, and whether this person agreed. Two queries."""
    held = set(NewsConsent.objects.open().filter(person=person).values_list("topic", flat=True))
    return [
        (one, one.pk in held) for one in Topic.objects.all() if one.is_offered or one.pk in held
    ]


@transaction.atomic
def choose(person: Person, wanted: Collection[int], *, by: User, at: dt.datetime) -> None:
    """Agree to these topics, and take every other consent back."""
    Person.objects.select_for_update().get(pk=person.pk)
    for topic, has_it in choices(person):
        if topic.pk in wanted and not has_it:
            _agree(person, topic, by=by, at=at)
    ended = Topic.objects.exclude(pk__in=wanted)
    withdraw(person, ended, by=by, at=at)


def _agree(person: Person, topic: Topic, *, by: User, at: dt.datetime) -> None:
    NewsConsent.objects.create(person=person, topic=topic, wording=topic.wording, given_at=at)
    history.record(person.history_key, AGREED, at=at, by=by, text=topic.wording)


@transaction.atomic
def withdraw(
    person: Person, topics: Collection[Topic], *, by: User | None, at: dt.datetime
) -> list[Topic]:
    """Take these consents back: letters that wait do not go. Which of them were held.

    The consents end first. A worker that is writing this person's letter holds their row, so this
    waits for it, and then keeps that letter back.
    """
    held = NewsConsent.objects.open().filter(person=person, topic__in=topics)
    ended = list(held.select_related("topic").select_for_update(of=("self",)))
    NewsConsent.objects.filter(pk__in=[one.pk for one in ended]).update(withdrawn_at=at)
    for one in ended:
        history.record(person.history_key, WITHDREW, at=at, by=by, text=one.wording)
    if ended:
        _keep_back(person, at=at)
    return [one.topic for one in ended]


def _keep_back(person: Person, *, at: dt.datetime) -> None:
    """Whatever is on its way to somebody and rests on no consent any more."""
    theirs = Recipient.objects.filter(
        person=person, state__in=(State.WAITING, State.WRITTEN)
    ).exclude(announcement__topics__in=_held_by(person))
    locked = list(theirs.select_for_update(of=("self",)).order_by("pk"))
    on_their_way = Recipient.objects.filter(
        Q(letter=None) | Q(letter__sent_at=None, letter__refused_at=None),
        pk__in=[one.pk for one in locked],
    )
    for one in on_their_way.select_related("letter"):
        if one.letter is None or letters.hold_back(one.letter.key, at=at):
            one.state, one.reason, one.settled_at = State.LEFT_OUT, Reason.UNSUBSCRIBED, at
            one.save(update_fields=["state", "reason", "settled_at"])


def _held_by(person: Person) -> list[int]:
    return list(NewsConsent.objects.open().filter(person=person).values_list("topic", flat=True))


def token_for(person_id: int, announcement_id: int) -> str:
    """What a letter's link carries: numbers alone, signed."""
    return links.sign({"person": person_id, "announcement": announcement_id}, purpose=PURPOSE)


def link_of(token: str) -> str:
    """Where the reader of a letter says: no more of these."""
    return links.absolute(reverse("benefits:leave_news", args=[token]))


def find(token: str) -> Leaving:
    """Whose link this is. Raises links.BrokenLink or links.ExpiredLink."""
    told = links.read(token, purpose=PURPOSE, lasts=LASTS)
    people = Person.objects.select_related("merged_into")
    person = people.filter(pk=told["person"]).first()
    if person is None:
        raise links.BrokenLink("We do not write to this address any more.")
    announcement = Announcement.objects.filter(pk=told["announcement"]).first()
    return Leaving(person.merged_into or person, announcement)


@transaction.atomic
def leave(leaving: Leaving, *, everything: bool, at: dt.datetime) -> None:
    """End what the letter belongs to, or every kind of news; pressed twice it is done once."""
    topics = list(Topic.objects.all()) if everything else leaving.topics
    withdraw(leaving.person, topics, by=None, at=at)
    Recipient.objects.filter(
        announcement=leaving.announcement, person=leaving.person, left_at=None
    ).update(left_at=at)
