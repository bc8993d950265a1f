"""Everything that an application says, read once in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from membership.models import (
    Application,
    Employment,
    EvidenceFile,
    ExpertiseArea,
    Person,
    Qualification,
    Referee,
    Registration,
)


@dataclass(frozen=True)
class Known:
    """The answers of one application, beside what is known of its person."""

    application: Application
    person: Person
    qualifications: tuple[Qualification, ...]
    registration: Registration | None
    associations: tuple[Registration, ...]
    employments: tuple[Employment, ...]
    referees: tuple[Referee, ...]
    areas: tuple[ExpertiseArea, ...]
    files: tuple[EvidenceFile, ...]
    asked: Mapping[str, str]
    """What the office asks for, by section, while it waits for the applicant."""

    def referee_at(self, position: int) -> Referee | None:
        return next((one for one in self.referees if one.position == position), None)

    def files_for(self, section: str) -> tuple[EvidenceFile, ...]:
        return tuple(one for one in self.files if one.section == section)

    @property
    def clinical_areas(self) -> tuple[ExpertiseArea, ...]:
        return tuple(area for area in self.areas if area.is_clinical)


def of_application(application: Application) -> Known:
    """Six queries, however many entries there are; what judges the application reuses them.

    A seventh where the office has asked for more.
    """
    prefetch_related_objects(
        [application],
        "person__qualifications",
        "person__registrations",
        "person__employments",
        "referees",
        "expertise_requested",
        "evidence_files",
    )
    person = application.person
    return Known(
        application=application,
        person=person,
        qualifications=tuple(person.qualifications.all()),
        registration=registration_of(person),
        associations=tuple(one for one in person.registrations.all() if one.is_association),
        employments=tuple(person.employments.all()),
        referees=tuple(one for one in application.referees.all() if one.replaced_at is None),
        areas=tuple(application.expertise_requested.all()),
        files=tuple(application.evidence_files.all()),
        asked=asked_of(application),
    )


def asked_of(application: Application) -> dict[str, str]:
    """What the office asks for and has no answer to yet, by section."""
    if application.state != Application.State.MORE_INFORMATION:
        return {}
    return dict(application.asked_items.open().values_list("section", "words"))


def registration_of(person: Person) -> Registration | None:
    """The registration that an application speaks of: the one that was stated last."""
    stated = [one for one in person.registrations.all() if not one.is_association]
    return max(stated, key=lambda one: one.pk, default=None)
