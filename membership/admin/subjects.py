"""Pure: the findings of an assessment by what they speak of, with a word for each severity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from membership.findings import Finding, Severity

VERDICTS: Mapping[Severity, str] = {
    Severity.MET: "Met",
    Severity.NOTE: "Note",
    Severity.REFER: "For you to judge",
    Severity.INCOMPLETE: "Missing",
    Severity.NOT_ELIGIBLE: "Not met",
}

# What is for the office to judge is said to the office; everything else as the applicant reads it.
_OFFICE_WORDS: Mapping[str, str] = {
    "refer:registration_unchecked": (
        "Look the number up on the public register and record what it says."
    ),
    "refer:qualification_level": (
        "The level cannot be told from the kind of award alone. Ask for the certificate if need be."
    ),
    "refer:body_voluntary_register": (
        "This body keeps a voluntary register and is no regulator. Is it enough?"
    ),
    "refer:registration_conditions": (
        "The register shows conditions on practice. Read them before you decide."
    ),
    "refer:dbs_older_than_3_years": "The DBS check is an old one. Is it recent enough?",
    "refer:also_practising": "On a course and practising already. Would another type fit better?",
}

TITLES: Mapping[str, str] = {
    "practice": "Practice",
    "qualification": "Qualifications",
    "registration": "Registration",
    "experience": "Case management experience",
    "references": "References",
    "dbs": "DBS check",
    "insurance": "Indemnity insurance",
    "role": "Supporting role",
    "course": "Course",
}

_CODES: Mapping[str, str] = {
    "practice": (
        "practice_in_uk practice_overseas no_practice not_practising_in_uk not_practising "
        "practises_case_management practising_in_uk not_a_case_manager refer:also_practising"
    ),
    "qualification": (
        "qualification qualification_related qualification_level qualification_unrelated "
        "refer:qualification_level vocational vocational_qualification"
    ),
    "registration": (
        "body registered_body number registered no_body_needed registration_not_current "
        "body_does_not_match_profession registration_number registration_number_format "
        "registration_number_profession refer:body_voluntary_register "
        "refer:registration_unchecked refer:registration_conditions unusual_number "
        "register_mentions_vocational"
    ),
    "experience": "experience enough_experience low_hours",
    "references": "referees referees_count referees_type referees_not_independent",
    "dbs": "dbs dbs_date dbs_date_future refer:dbs_older_than_3_years",
    "insurance": "insured insurance",
    "role": "role supporter_role",
    "course": "course course_unrelated relevant_course",
}

SUBJECT_OF: Mapping[str, str] = {
    code: subject for subject, codes in _CODES.items() for code in codes.split()
}


@dataclass(frozen=True)
class Verdict:
    """One finding as the review page shows it."""

    label: str
    severity: str
    words: str
    clause: str


@dataclass(frozen=True)
class Subject:
    """A part of the application: what was stated, and what the rules find in it."""

    code: str
    title: str
    stated: Sequence[str]
    verdicts: Sequence[Verdict]


def by_subject(
    findings: Sequence[Finding], stated: Mapping[str, Sequence[str]]
) -> tuple[Subject, ...]:
    """The subjects that the findings speak of, in the order of the criteria."""
    codes = dict.fromkeys(SUBJECT_OF[finding.code] for finding in findings)
    return tuple(
        Subject(
            code=code,
            title=TITLES[code],
            stated=stated.get(code, ()),
            verdicts=[verdict(one) for one in findings if SUBJECT_OF[one.code] == code],
        )
        for code in codes
    )


def office_words(code: str, words: str) -> str:
    """What the office reads where the applicant reads these words."""
    return _OFFICE_WORDS.get(code, words)


def verdict(finding: Finding) -> Verdict:
    return Verdict(
        label=VERDICTS[finding.severity],
        severity=finding.severity.value,
        words=office_words(finding.code, finding.words),
        clause=finding.clause,
    )
