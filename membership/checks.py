"""What the office checks and assigns: registers, and areas of expertise."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from foundation import history
from foundation.links import absolute
from membership import facts, names, post, standing, watch
from membership.expertise import Support
from membership.models import (
    Application,
    ExpertiseArea,
    ExpertiseAssignment,
    Person,
    Referee,
    Registration,
    User,
)
from membership.registers import BODIES, BodyKind
from membership.types import FACTS, MembershipType

ASSIGNING = (
    Application.State.SUBMITTED,
    Application.State.MORE_INFORMATION,
    Application.State.APPROVED,
    Application.State.ACTIVATED,
)
REGULATORS = [code for code, body in BODIES.items() if body.kind is BodyKind.STATUTORY]


NAMED_IN_REGISTER = (Registration.Status.REGISTERED, Registration.Status.CONDITIONS)


class NameDiffers(ValueError):
    """The register shows somebody else, and nobody wrote down why it is the same person."""

    def __init__(self, shown: str, name: str) -> None:
        super().__init__(
            f"The register shows “{shown}”, and we know “{name}”. Write down why it is the "
            "same person, for example “maiden name, marriage certificate seen”, or leave the "
            "registration unchecked and ask."
        )


class NotAssignable(Exception):
    """The area may not be assigned; the text says why."""


@dataclass(frozen=True)
class Check:
    """Something that the office waits for or does itself before an approval."""

    code: str
    words: str


def open_checks(application: Application, on: dt.date) -> list[Check]:
    """What is not done yet of that which comes before an approval."""
    if not FACTS[MembershipType(application.type)].practising:
        return []
    waiting = []
    if not application.vocational_only and not _registrations(application.person, on).exists():
        waiting.append(Check("registration_checked", "no registration is checked and current"))
    answered = application.referees.named().filter(state=Referee.State.ANSWERED).count()
    if answered < 2:
        waiting.append(Check("references_arrived", f"{answered} of 2 references arrived"))
    if application.dbs_on is None:
        waiting.append(Check("dbs_given", "no date of a DBS check is given"))
    return waiting


@transaction.atomic
def record_register_check(
    *,
    registration_id: int,
    status: str,
    shown_name: str,
    name_reason: str = "",
    expires_on: dt.date | None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Registration:
    """Keep what the public register said on a day, and who looked.

    Raises NameDiffers where the name in the register is another and no reason is given.
    """
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    note = _note_on_name(registration.person, status, shown_name, name_reason)
    registration.shown_name = shown_name
    registration.name_reason = name_reason if note else ""
    registration.status = status
    registration.expires_on = expires_on
    registration.checked_on = on
    registration.checked_by = by
    registration.told_until = registration.told_at = None
    registration.save()
    history.record(
        registration.person.history_key,
        "checked a register",
        at=at,
        by=by,
        text=f"{registration.body}: {registration.get_status_display()}{note}",
    )
    if status != Registration.Status.REGISTERED:
        _tell_member(registration, on=on, at=at)
    return registration


@transaction.atomic
def assign_expertise(
    *, person_id: int, area_code: str, by: User, on: dt.date, at: dt.datetime
) -> ExpertiseAssignment:
    """Assign an area; twice is once. Raises NotAssignable.

    Clinical areas need a clinical qualification and a verified, current registration
    (CMSUK FAQ: which type of membership).
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    area = ExpertiseArea.objects.get(code=area_code)
    registration = _clinical_ground(person, on) if area.is_clinical else None
    found = ExpertiseAssignment.objects.filter(person=person, area=area, withdrawn_at=None).first()
    if found is not None and (found.registration == registration or not area.is_clinical):
        return found
    if found is not None:
        found.withdrawn_at = at
        found.save()
    assignment = ExpertiseAssignment.objects.create(
        person=person, area=area, registration=registration, assigned_by=by, assigned_at=at
    )
    history.record(person.history_key, "assigned expertise", at=at, by=by, text=area.label)
    return assignment


@transaction.atomic
def assign_requested(
    *, application_id: int, area_code: str, by: User, on: dt.date, at: dt.datetime
) -> ExpertiseAssignment:
    """Assign an area that an application asks for, if its evidence supports it.

    Raises NotAssignable with the reason that the rules give.
    """
    application = Application.objects.select_for_update().get(pk=application_id)
    if application.state not in ASSIGNING:
        raise NotAssignable(
            f"This application is “{application.get_state_display()}”, so no area is assigned."
        )
    wanted = [one for one in facts.expertise_of(application, on) if one.area.code == area_code]
    refused = next((one.reason for one in wanted if one.support is not Support.ASSIGNABLE), "")
    if refused or not wanted:
        raise NotAssignable(refused or "The applicant did not ask for this area.")
    return assign_expertise(
        person_id=application.person_id, area_code=area_code, by=by, on=on, at=at
    )


@transaction.atomic
def assign_supported(
    *, application_id: int, by: User, on: dt.date, at: dt.datetime
) -> list[ExpertiseAssignment]:
    """Assign every area that an application asks for and its evidence supports.

    Raises NotAssignable where there is none.
    """
    application = Application.objects.select_for_update().get(pk=application_id)
    found = facts.expertise_of(application, on)
    supported = [one.area.code for one in found if one.support is Support.ASSIGNABLE]
    if not supported:
        raise NotAssignable("None of the areas that were asked for can be assigned yet.")
    return [
        assign_requested(application_id=application_id, area_code=code, by=by, on=on, at=at)
        for code in supported
    ]


@transaction.atomic
def withdraw_expertise(*, assignment_id: int, by: User, at: dt.datetime) -> ExpertiseAssignment:
    """Take an assigned area away."""
    assignment = ExpertiseAssignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.withdrawn_at is None:
        assignment.withdrawn_at = at
        assignment.save()
        key = assignment.person.history_key
        history.record(key, "withdrew expertise", at=at, by=by, text=assignment.area.label)
    return assignment


def _tell_member(registration: Registration, *, on: dt.date, at: dt.datetime) -> None:
    """A member hears what the register says; an applicant hears it with the decision."""
    person = registration.person
    if not standing.active(on).filter(pk=person.pk).exists():
        return
    post.tell(
        person,
        "registration_found",
        key=f"registration_found:{registration.pk}:{at.isoformat()}",
        at=at,
        body=watch.body_of(registration),
        says=registration.get_status_display(),
        on=on,
        profile_url=absolute("/profile/"),
    )


def _note_on_name(person: Person, status: str, shown: str, reason: str) -> str:
    """What the history says of another name; nothing where it is the same. Raises NameDiffers.

    Whoever is not registered may not be shown, so their name proves nothing.
    """
    is_same = names.is_same(shown, given=person.given_name, family=person.family_name)
    if is_same or status not in NAMED_IN_REGISTER:
        return ""
    if not reason:
        raise NameDiffers(shown, person.name)
    return f". The register shows “{shown}”: {reason}"


def _registrations(person: Person, on: dt.date) -> QuerySet[Registration]:
    return person.registrations.current(on).filter(body__in=REGULATORS)


def _clinical_ground(person: Person, on: dt.date) -> Registration:
    """The registration that carries a clinical area. Raises NotAssignable."""
    if not person.qualifications.filter(relation="clinical").exists():
        raise NotAssignable("A clinical area needs a clinical qualification. None is recorded.")
    registration = _registrations(person, on).first()
    if registration is None:
        raise NotAssignable(
            "A clinical area needs a registration that was checked and is current. "
            "Check the register first."
        )
    return registration
