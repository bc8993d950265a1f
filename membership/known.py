"""Everything that an application says: all in a fixed number of queries, or only what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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
    """The answers of one application, beside what is known of its person; each read once."""

    application: Application

    @property
    def person(self) -> Person:
        return self.application.person

    @cached_property
    def qualifications(self) -> tuple[Qualification, ...]:
        return tuple(self.person.qualifications.all())

    @cached_property
    def registration(self) -> Registration | None:
        return registration_of(self.person)

    @cached_property
    def associations(self) -> tuple[Registration, ...]:
        return tuple(one for one in self.person.registrations.all() if one.is_association)

    @cached_property
    def employments(self) -> tuple[Employment, ...]:
        return tuple(self.person.employments.all())

    @cached_property
    def referees(self) -> tuple[Referee, ...]:
        every = self.application.referees.all()
        return tuple(one for one in every if one.replaced_at is None)

    @cached_property
    def areas(self) -> tuple[ExpertiseArea, ...]:
        return tuple(self.application.expertise_requested.all())

    @cached_property
    def files(self) -> tuple[EvidenceFile, ...]:
        return tuple(self.application.evidence_files.all())

    @cached_property
    def asked(self) -> Mapping[str, str]:
        """What the office asks for, by section, while it waits for the applicant."""
        return asked_of(self.application)

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
    return Known(application)


def asked_of(application: Application) -> dict[str, str]:
    """What the office asks for and has no answer to yet, by section."""
    if application.state != Application.State.MORE_INFORMATION:
        return {}
    return dict(application.asked_items.open().values_list("section", "words"))


def registration_of(person: Person) -> Registration | None:
    """The registration that an application speaks of: the one that was stated last."""
    stated = [one for one in person.registrations.all() if not one.is_association]
    return max(stated, key=lambda one: one.pk, default=None)
