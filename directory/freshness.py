"""Keeps listings true: members confirm them, are reminded when they do not, and are then paused.

A pause with an end is the member's own wish; one without came because nobody confirmed. Either
ends the moment the member says that the listing is right.
"""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from directory.enquiries import address_of
from directory.models import Listing
from foundation import history, letters, links
from foundation.one_by_one import each, in_turn
from membership.models import Person, User

# Days since a listing was last confirmed; the pause comes two weeks after the last letter.
REMIND_AFTER = (150, 166)
PAUSE_AFTER = 180
LAST_WORD = 14
LONGEST_PAUSE = 366


class PauseRefused(ValueError):
    """The pause cannot be; the text says why."""


@transaction.atomic
def confirm(*, person_id: int, by: User, at: dt.datetime) -> None:
    """The listing is right as it is: it is shown again if it was paused."""
    listing = _locked(person_id)
    listing.confirmed_at = at
    listing.paused_at = listing.pause_ends_on = None
    listing.save(update_fields=["confirmed_at", "paused_at", "pause_ends_on"])
    history.record(_key(listing), "confirmed the directory listing", at=at, by=by)


@transaction.atomic
def pause(*, person_id: int, until: dt.date, by: User, at: dt.datetime) -> None:
    """Hide the listing until a day, on which it is shown again. Raises PauseRefused."""
    today = timezone.localdate(at)
    if not today < until <= today + dt.timedelta(days=LONGEST_PAUSE):
        raise PauseRefused("Enter a day after today and within the next year.")
    listing = _locked(person_id)
    listing.paused_at, listing.pause_ends_on = at, until
    listing.save(update_fields=["paused_at", "pause_ends_on"])
    history.record(_key(listing), "paused the directory listing", at=at, by=by)


def watch(*, at: dt.datetime) -> int:
    """Remind, and pause where the reminders did not help; how many listings were met."""
    reminders = (
        partial(_remind_all, number, days, at) for number, days in enumerate(REMIND_AFTER, start=1)
    )
    return sum(in_turn(*reminders, lambda: _pause_all(at)))


def _remind_all(number: int, days: int, at: dt.datetime) -> int:
    found = list(_unconfirmed(days, at).select_related("person"))
    return sum(each(found, lambda listing: _remind(listing, number, at)))


def _pause_all(at: dt.datetime) -> int:
    found = list(_unconfirmed(PAUSE_AFTER, at).values_list("pk", flat=True))
    return sum(each(found, lambda pk: _pause(pk, at)))


def _unconfirmed(days: int, at: dt.datetime) -> QuerySet[Listing]:
    """Shown on the day, and last confirmed so long ago."""
    visible = Listing.objects.visible(timezone.localdate(at))
    last = visible.annotate(last_at=Coalesce(F("confirmed_at"), F("edited_at")))
    return last.filter(last_at__lte=at - dt.timedelta(days=days)).order_by("pk")


@transaction.atomic
def _remind(listing: Listing, number: int, at: dt.datetime) -> bool:
    key = _letter_key(listing, number)
    if letters.is_queued(key):
        return False
    letters.queue(
        "directory_confirm",
        key=key,
        to=address_of(listing),
        context={
            "listing": listing,
            "is_last": number == len(REMIND_AFTER),
            "days": (at - listing.last_confirmed_at).days,
            "left": LAST_WORD,
            "url": links.absolute(reverse("directory:listing_edit")),
        },
        at=at,
        subject_key=listing.person.history_key,
    )
    return True


@transaction.atomic
def _pause(pk: int, at: dt.datetime) -> bool:
    """Pause it, once its member has had two weeks since the last letter."""
    listing = Listing.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    last = letters.queued_at(_letter_key(listing, len(REMIND_AFTER)))
    if last is None or last > at - dt.timedelta(days=LAST_WORD) or listing.paused_at:
        return False
    listing.paused_at, listing.pause_ends_on = at, None
    listing.save(update_fields=["paused_at", "pause_ends_on"])
    history.record(_key(listing), "paused an unconfirmed listing", at=at, by=None)
    return True


def _letter_key(listing: Listing, number: int) -> str:
    return (
        f"confirm listing {listing.pk} of {listing.last_confirmed_at:%Y-%m-%d %H:%M:%S}, {number}"
    )


def _locked(person_id: int) -> Listing:
    Person.objects.select_for_update().get(pk=person_id)
    return Listing.objects.select_related("person").get(person=person_id)


def _key(listing: Listing) -> str:
    return listing.person.history_key
