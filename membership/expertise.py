"""Which areas of expertise the evidence supports, which wait, and which are refused and why."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from membership.eligibility import Assessment, Outcome
from membership.evidence import Evidence, RegistrationStatus, Related
from membership.types import FACTS


class AreaGroup(StrEnum):
    """There are two groups only: a third would be a way round the rule on clinical areas."""

    CLINICAL = "clinical"
    VOCATIONAL = "vocational"


@dataclass(frozen=True)
class Area:
    """An area of expertise; the usual professions are a hint to the assessor, never a bar."""

    code: str
    label: str
    group: AreaGroup
    client_group: str
    usual_professions: tuple[str, ...]


class Support(StrEnum):
    ASSIGNABLE = "assignable"
    PENDING = "pending"
    REFUSED = "refused"


@dataclass(frozen=True)
class AreaFinding:
    area: Area
    support: Support
    reason: str


def _load(path: Path) -> dict[str, Area]:  # pragma: no mutate block
    with path.open(newline="", encoding="utf-8") as file:
        return {
            row["code"]: Area(
                code=row["code"],
                label=row["label"],
                group=AreaGroup(row["group"]),
                client_group=row["client_group"],
                usual_professions=tuple(filter(None, row["usual_professions"].split(";"))),
            )
            for row in csv.DictReader(file)
        }


AREAS: Mapping[str, Area] = _load(Path(__file__).parent / "data" / "expertise.csv")


def area_of(code: str) -> Area:
    """The area of a code. One that the office added later is clinical: only Vocational is not."""
    label = code.replace("_", " ").replace("-", " ").capitalize()
    return AREAS.get(code) or Area(code, label, AreaGroup.CLINICAL, "all", ())


# Any of these leaves open whether the right body registers the applicant under this number.
_OPEN_REGISTRATION = frozenset(
    {
        "body",
        "body_does_not_match_profession",
        "registration_number",
        "registration_number_format",
        "registration_number_profession",
        "refer:body_voluntary_register",
    }
)


def judge(evidence: Evidence, assessment: Assessment) -> tuple[AreaFinding, ...]:
    """One finding for each area requested, in the order of the request, doubles once.

    Source: CMSUK FAQ: no clinical area without a clinical qualification and a registered body;
    a vocational case manager may only have “Vocational”.
    """
    areas = [area_of(code) for code in dict.fromkeys(evidence.expertise_requested)]
    return tuple(AreaFinding(area, *_support(area, evidence, assessment)) for area in areas)


def _support(area: Area, evidence: Evidence, assessment: Assessment) -> tuple[Support, str]:
    if not FACTS[assessment.applied_for].practising:
        label = assessment.applied_for.label
        return Support.REFUSED, f"{label} members have no areas of expertise."
    if assessment.outcome is Outcome.NOT_ELIGIBLE:
        return Support.REFUSED, "No area can be given while a criterion of membership is not met."
    if area.group is AreaGroup.VOCATIONAL:
        return Support.ASSIGNABLE, "Vocational is open to every Case Manager and Associate."
    return _clinical_support(evidence, assessment)


def _clinical_support(evidence: Evidence, assessment: Assessment) -> tuple[Support, str]:
    if evidence.vocational_only:
        return Support.REFUSED, "A vocational case manager may only have the area Vocational."
    if evidence.qualification_related is not Related.CLINICAL:
        return Support.REFUSED, "A clinical area needs a clinical qualification."
    verified = evidence.registration_status is RegistrationStatus.REGISTERED
    if not verified or _OPEN_REGISTRATION.intersection(assessment.codes):
        return Support.PENDING, "This waits until the office has verified your registration."
    return Support.ASSIGNABLE, "Your clinical qualification and registration support this area."
