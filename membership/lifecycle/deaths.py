"""A person has died: the membership ends, and nobody writes to them again. It can be taken back."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, silence
from foundation.dates import in_words
from foundation.links import absolute
from membership.lifecycle.applications import withdraw
from membership.lifecycle.errors import LifecycleError
from membership.models import Application, Person, User
from membership.one_person import accounts_of


class DeathAhead(LifecycleError):
    """Nobody has died tomorrow."""

    def __init__(self) -> None:
        super().__init__("Enter today or an earlier day.")


@transaction.atomic
def record_death(*, person_id: int, died_on: dt.date, by: User, at: dt.datetime) -> Person:
    """End everything that would write to, ask or show somebody who has died; twice is once.

    Their login is closed, an open application withdrawn, an open fee cancelled: money for it is
    credit. Raises DeathAhead for a day to come.
    """
    if died_on > timezone.localdate(at):
        raise DeathAhead
    for application in Application.objects.open().filter(person=person_id):
        withdraw(application_id=application.pk, by=by, at=at)
    person = _locked(person_id)
    if person.died_on is not None:
        return person
    person.fees.outstanding().update(cancelled_at=at)
    person.died_on, person.death_recorded_at, person.death_recorded_by = died_on, at, by
    person.save(update_fields=["died_on", "death_recorded_at", "death_recorded_by"])
    _open_login(person, is_open=False)
    for address in _addresses(person):
        silence.keep(address, at=at)
    _tell_the_office(person, at=at)
    history.record(person.history_key, "recorded the death", at=at, by=by, text=in_words(died_on))
    return person


@transaction.atomic
def undo_death(*, person_id: int, by: User, at: dt.datetime, reason: str) -> Person:
    """It was a mistake: the membership runs on its dates, and letters go again from now on.

    A withdrawn application stays so; a renewal that was open is raised anew by the sweep.
    """
    person = _locked(person_id)
    if person.died_on is None:
        return person
    person.died_on = person.death_recorded_at = person.death_recorded_by = None
    person.save(update_fields=["died_on", "death_recorded_at", "death_recorded_by"])
    _open_login(person, is_open=True)
    for address in _addresses(person):
        silence.end(address)
    history.record(
        person.history_key, "took back the record of a death", at=at, by=by, text=reason.strip()
    )
    return person


def _locked(person_id: int) -> Person:
    """Without its key, which a fee that is being settled refers to."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _open_login(person: Person, *, is_open: bool) -> None:
    User.objects.filter(person__in=accounts_of(person)).update(is_active=is_open)


def _addresses(person: Person) -> set[str]:
    """Their own, of every account they had; the one at work may be an office that others read."""
    known = accounts_of(person).values_list("email", "user__email")
    return {email.lower() for emails in known for email in emails if email}


def _tell_the_office(person: Person, *, at: dt.datetime) -> None:
    letters.to_office(
        "office_member_died",
        key=f"office_member_died:{person.pk}:{at.isoformat()}",
        at=at,
        subject_key=person.history_key,
        person=person,
        died_on=person.died_on,
        url=absolute(reverse("admin:membership_person_change", args=[person.pk])),
    )
