"""The only writer of what applicants answer, while they may still change it.

Each save locks the application and looks again whether it may be changed: it may have been sent
from another window meanwhile.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol

from django.db import models, transaction

from membership import duplicates, known, lifecycle, referees, steps
from membership.known import registration_of
from membership.models import (
    Application,
    Employment,
    Person,
    Qualification,
    Referee,
    Registration,
    User,
)
from membership.models.evidence import ASSOCIATIONS
from membership.types import MembershipType

REPLACEABLE_IN = (
    Application.State.DRAFT,
    Application.State.SUBMITTED,
    Application.State.MORE_INFORMATION,
)
SECTION_OF: Mapping[type[models.Model], str] = {
    Qualification: "qualifications",
    Employment: "history",
    Referee: "referees",
}
# The sections by which somebody who has an account already can be told.
TELLING = ("home", "registration")


class NotEditable(Exception):
    """The answers cannot be changed now; the text says why."""

    def __init__(self) -> None:
        super().__init__(
            "Your application has been sent, so its answers cannot be changed now. "
            "If something is wrong, tell the office."
        )


class NotAskedFor(NotEditable):
    """The application is open again, but not this section of it."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            "The office did not ask about this section, so it stays as you sent it. "
            "If something in it is wrong, tell the office.",
        )


class RefereeAsked(Exception):
    """The referee was written to; the text says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "We have written to this referee, so they cannot be changed here. "
            "If something is wrong, tell the office."
        )


class Answers(Protocol):
    """A checked form that knows how to save its own fields."""

    def keep(self) -> models.Model: ...


@transaction.atomic
def begin(*, person: Person, type: str, at: dt.datetime) -> Application:
    """Start an application for a type; where one is open already, that one as it is."""
    application = lifecycle.start(person=person, at=at)
    if application.state != Application.State.DRAFT or application.type:
        return application
    application.type = type
    application.save(update_fields=["type"])
    if type == MembershipType.OVERSEAS:
        # Nobody abroad should have to take out the country that most people live in.
        Person.objects.filter(pk=person.pk, town="").update(country="")
    return _mark(application, "type", done=True, at=at)


@transaction.atomic
def keep(
    answers: Answers, *, application_id: int, key: str, done: bool, at: dt.datetime
) -> Application:
    """Save one section. Raises NotEditable."""
    application = editable(application_id, key)
    stored = answers.keep()
    if isinstance(stored, Person):
        application.person = stored
    else:
        application.refresh_from_db()
    return _mark(application, key, done=done, at=at)


@transaction.atomic
def keep_entry(answers: Answers, *, application_id: int, key: str, at: dt.datetime) -> Application:
    """Save one entry of a section that lists several. Raises NotEditable."""
    application = editable(application_id, key)
    answers.keep()
    return touch(application, at)


@transaction.atomic
def finish(*, application_id: int, key: str, at: dt.datetime) -> Application:
    """The applicant says that a list is complete. Raises NotEditable."""
    return _mark(editable(application_id, key), key, done=True, at=at)


@transaction.atomic
def remove(
    entry: Qualification | Employment | Referee, *, application_id: int, at: dt.datetime
) -> Application:
    """Take one entry away. Raises NotEditable, or RefereeAsked for a referee we wrote to."""
    application = editable(application_id, SECTION_OF[type(entry)])
    if isinstance(entry, Referee) and entry.state != Referee.State.NAMED:
        raise RefereeAsked
    entry.delete()
    return touch(application, at)


@transaction.atomic
def keep_registration(
    *,
    application_id: int,
    profession: str,
    body: str,
    number: str,
    associations: Collection[str],
    done: bool,
    at: dt.datetime,
) -> Application:
    """Save what the applicant is registered with, and belongs to. Raises NotEditable.

    What the office has checked on a register is never changed: another number is another row.
    """
    application = editable(application_id, "registration")
    application.profession = profession
    application.save(update_fields=["profession"])
    if body:
        _state_registration(application.person, profession=profession, body=body, number=number)
    _state_associations(application.person, associations)
    return _mark(application, "registration", done=done, at=at)


@transaction.atomic
def keep_referee(answers: Answers, *, referee: Referee, at: dt.datetime) -> Application:
    """Name a referee, or change one who was not written to. Raises NotEditable, RefereeAsked.

    Whoever stands in the place by now is changed, so that a double click names one person.
    """
    application = editable(referee.application_id, "referees")
    standing = application.referees.named().filter(position=referee.position).first()
    if standing is not None:
        referee.pk, referee.state = standing.pk, standing.state
    if referee.state != Referee.State.NAMED:
        raise RefereeAsked
    answers.keep()
    return touch(application, at)


@transaction.atomic
def replace_referee(answers: Answers, *, lost: Referee, by: User, at: dt.datetime) -> Application:
    """Name somebody in place of a referee who declined or could not be reached.

    A sent application stays where it is, and the new referee is written to at once. Replacing
    twice is replacing once. Raises referees.NotReplaceable, or NotEditable once the application
    was decided.
    """
    application = Application.objects.select_for_update().get(pk=lost.application_id)
    if application.state not in REPLACEABLE_IN:
        raise NotEditable
    if not application.referees.named().filter(pk=lost.pk).exists():
        return application
    referees.replace(referee_id=lost.pk, by=by, at=at)
    answers.keep()
    if application.state == Application.State.SUBMITTED:
        referees.ask_all(application, at=at)
    return touch(application, at)


@transaction.atomic
def accept_rules(*, application_id: int, version: str, at: dt.datetime) -> Application:
    """The applicant accepts a version of the membership rules. Raises NotEditable."""
    application = editable(application_id)
    application.rules_accepted_at = at
    application.rules_accepted_version = version
    application.save(update_fields=["rules_accepted_at", "rules_accepted_version"])
    return touch(application, at)


def refuse_unless_editable(application: Application) -> None:
    """Raise NotEditable for what has been sent, decided or taken back."""
    if not application.is_editable:
        raise NotEditable


def refuse_unless_open(application: Application, key: str) -> None:
    """Raise NotAskedFor for a section that stays as it was sent."""
    if application.state != Application.State.DRAFT:
        told = known.of_application(application)
        if not steps.may_change(key, told):
            raise NotAskedFor


def editable(application_id: int, key: str = "") -> Application:
    """The application, locked, to change one of its sections. Raises NotEditable."""
    application = Application.objects.select_for_update().get(pk=application_id)
    refuse_unless_editable(application)
    if key:
        refuse_unless_open(application, key)
    return application


def _mark(application: Application, key: str, *, done: bool, at: dt.datetime) -> Application:
    others = [one for one in application.sections_done if one != key]
    application.sections_done = [*others, key] if done else others
    application.edited_at = at
    application.save(update_fields=["sections_done", "edited_at"])
    if done and key in TELLING:
        duplicates.hint(application.person, at=at)
    return application


def touch(application: Application, at: dt.datetime) -> Application:
    """Note when the application was last changed."""
    application.edited_at = at
    application.save(update_fields=["edited_at"])
    return application


def _state_associations(person: Person, codes: Collection[str]) -> None:
    """Rows without a number: an association keeps no register that anybody could look at."""
    noted = person.registrations.filter(body__in=ASSOCIATIONS, status=Registration.Status.UNCHECKED)
    noted.exclude(body__in=codes).delete()
    for code in sorted(codes):
        person.registrations.get_or_create(body=code, number="")


def _state_registration(person: Person, *, profession: str, body: str, number: str) -> None:
    latest = registration_of(person)
    slip = latest if latest and latest.status == Registration.Status.UNCHECKED else None
    same = person.registrations.filter(body=body, number=number).first()
    if same is not None and slip is not None and slip != same:
        slip.delete()
    row = same or slip or Registration(person=person)
    row.body, row.number, row.profession = body, number, profession
    row.save()
