"""The facts of one application, as the rules of membership see them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Practice(StrEnum):
    """Where someone practises case management; the Crown Dependencies count as the UK."""

    UK = "uk"
    OVERSEAS = "overseas"
    NONE = "none"


class Qualification(StrEnum):
    """The highest relevant award; a diploma is met from level 4 upwards."""

    NONE = "none"
    LEVEL_3_OTHER = "level_3_other"
    DIPLOMA_3 = "diploma_3"
    CERTIFICATE_4 = "certificate_4"
    DIPLOMA_4 = "diploma_4"
    DIPLOMA_5 = "diploma_5"
    FOUNDATION_DEGREE = "foundation_degree"
    DEGREE = "degree"
    POSTGRADUATE = "postgraduate"
    DOCTORATE = "doctorate"
    OVERSEAS_EQUIVALENT = "overseas_equivalent"
    PRE_DIPLOMA_REGISTRATION = "pre_diploma_registration"


class Related(StrEnum):
    """How the qualification bears on case management."""

    CLINICAL = "clinical"
    VOCATIONAL = "vocational"
    NO = "no"


class RegistrationStatus(StrEnum):
    """What the office saw on the public register; unchecked until it looked."""

    UNCHECKED = "unchecked"
    REGISTERED = "registered"
    CONDITIONS = "conditions"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REMOVED = "removed"


class Referee(StrEnum):
    """A duplicate is the same person as the other referee; self is the applicant."""

    PROFESSIONAL = "professional"
    PERSONAL = "personal"
    DUPLICATE = "duplicate"
    SELF = "self"


class StudentCourse(StrEnum):
    NONE = ""
    RELEVANT = "relevant"
    UNRELATED = "unrelated"


class SupporterRole(StrEnum):
    NONE = ""
    SUPPORTIVE = "supportive"
    MANAGERIAL = "managerial"


@dataclass(frozen=True)
class Evidence:
    """`profession`, `body` and `expertise_requested` are codes of `registers` and `expertise`.

    `cm_months` and `cm_hours` are whole months and hours of case management work; None means that
    nothing was stated, and counts as none.
    """

    practice: Practice
    qualification: Qualification = Qualification.NONE
    qualification_related: Related = Related.NO
    profession: str = ""
    body: str = ""
    registration_number: str = ""
    registration_status: RegistrationStatus = RegistrationStatus.UNCHECKED
    vocational_only: bool = False
    cm_months: int | None = None
    cm_hours: int | None = None
    low_hours: bool = False
    referees: tuple[Referee, ...] = ()
    dbs_on: dt.date | None = None
    insured: bool = False
    student_course: StudentCourse = StudentCourse.NONE
    supporter_role: SupporterRole = SupporterRole.NONE
    expertise_requested: tuple[str, ...] = ()
