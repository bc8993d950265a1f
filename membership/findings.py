"""Every finding the rules can make: its code, where the rule comes from, and our words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FAQ_TYPES = "CMSUK FAQ: which type of membership"
BEFORE_YOU_APPLY = "CMSUK: before you apply"


class Severity(StrEnum):
    """How a finding weighs; a note is for the office and holds nothing up."""

    MET = "met"
    NOTE = "note"
    REFER = "refer"
    INCOMPLETE = "incomplete"
    NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True)
class Finding:
    """One criterion looked at: the words are for the applicant, the clause names the source."""

    severity: Severity
    code: str
    words: str
    clause: str

    @property
    def open(self) -> bool:
        return self.severity not in {Severity.MET, Severity.NOTE}


_NOT_ELIGIBLE: Mapping[str, tuple[str, str]] = {
    "not_practising_in_uk": (
        BEFORE_YOU_APPLY,
        (
            "This type is for practice in the UK, and you practise outside it. Overseas "
            "membership is made for that."
        ),
    ),
    "not_practising": (
        BEFORE_YOU_APPLY,
        (
            "This type is for people who practise case management, and you told us that you "
            "do not at present. You can apply for it once you do."
        ),
    ),
    "qualification_level": (
        FAQ_TYPES,
        (
            "You need a diploma at level 4 or a higher qualification. If you hold one, add it "
            "with its level and awarding body."
        ),
    ),
    "qualification_unrelated": (
        FAQ_TYPES,
        (
            "You need a health, social care, vocational or human services qualification that "
            "relates to case management. If you hold one, add it."
        ),
    ),
    "vocational_qualification": (
        FAQ_TYPES,
        (
            "As a vocational case manager you need a vocational qualification. Add one, or "
            "name the body that you are registered with."
        ),
    ),
    "body": (
        FAQ_TYPES,
        (
            "You need a current registration with the regulator of your profession, such as "
            "the NMC or HCPC. Membership of an association does not count as one. If your "
            "work is only vocational, say so and no registration is needed."
        ),
    ),
    "registration_not_current": (
        FAQ_TYPES,
        (
            "The public register shows your registration as {status}. Apply again once it is "
            "current, or tell the office if that is wrong."
        ),
    ),
    "experience": (
        FAQ_TYPES,
        (
            "You need {need_months} months or {need_hours} hours of case management; we count "
            "{months} and {hours}. Add any case management jobs that are "
            "missing, or apply as an Associate, who does not need them."
        ),
    ),
    "practises_case_management": (
        FAQ_TYPES,
        (
            "Supporter membership is for people who do not practise case management, and you "
            "told us that you do."
        ),
    ),
    "course": (
        BEFORE_YOU_APPLY,
        (
            "Student membership is for people on a course. Tell us your course, its provider "
            "and when it ends."
        ),
    ),
    "course_unrelated": (
        BEFORE_YOU_APPLY,
        "Your course does not seem to relate to case management. If it does, tell us how.",
    ),
    "practising_in_uk": (
        BEFORE_YOU_APPLY,
        (
            "Overseas membership is for case managers who practise outside the UK, and you "
            "told us that you practise in the UK."
        ),
    ),
    "not_a_case_manager": (
        BEFORE_YOU_APPLY,
        (
            "Overseas membership is for case managers who practise outside the UK, and you "
            "told us that you do not practise. If you do, correct where you practise."
        ),
    ),
}

_INCOMPLETE: Mapping[str, tuple[str, str]] = {
    "body_does_not_match_profession": (FAQ_TYPES, "{words}"),
    "registration_number": (BEFORE_YOU_APPLY, "{words}"),
    "registration_number_format": (BEFORE_YOU_APPLY, "{words}"),
    "registration_number_profession": (BEFORE_YOU_APPLY, "{words}"),
    "referees_count": (
        BEFORE_YOU_APPLY,
        "You need {need} referees and have named {named}. Name exactly {need}.",
    ),
    "referees_type": (
        BEFORE_YOU_APPLY,
        "Your referees are all personal. Replace one by somebody who knows you from your work.",
    ),
    "referees_not_independent": (
        BEFORE_YOU_APPLY,
        (
            "Your referees must be two different people, and neither of them can be you. Name "
            "somebody else."
        ),
    ),
    "dbs_date": (
        BEFORE_YOU_APPLY,
        "Enter the date of your most recent DBS check. A PVG or AccessNI check counts as well.",
    ),
    "dbs_date_future": (
        BEFORE_YOU_APPLY,
        (
            "Your DBS check is dated {date}, which is still to come. Enter the date printed "
            "on the certificate."
        ),
    ),
    "insurance": (
        BEFORE_YOU_APPLY,
        "Confirm that you have professional indemnity insurance, your own or your employer's.",
    ),
    "supporter_role": (
        FAQ_TYPES,
        "Tell us whether you work in a supportive or a managerial role, and for whom.",
    ),
}

_REFER: Mapping[str, tuple[str, str]] = {
    "refer:qualification_level": (
        FAQ_TYPES,
        (
            "We cannot tell the level of your qualification from its kind alone, so an "
            "assessor will look at it. A copy of the certificate helps."
        ),
    ),
    "refer:body_voluntary_register": (
        FAQ_TYPES,
        (
            "The {body} keeps a voluntary register and is not a regulator, so an assessor will "
            "look at your registration."
        ),
    ),
    "refer:registration_unchecked": (
        FAQ_TYPES,
        "The office will look you up on the public register. There is nothing for you to do.",
    ),
    "refer:registration_conditions": (
        FAQ_TYPES,
        "The public register shows conditions on your practice, so an assessor will look at them.",
    ),
    "refer:dbs_older_than_3_years": (
        BEFORE_YOU_APPLY,
        (
            "Your DBS check of {date} is over {years} years old, so an assessor will look at "
            "it. If you have a newer one, enter its date."
        ),
    ),
    "refer:also_practising": (
        BEFORE_YOU_APPLY,
        (
            "You are on a course and practise already, so another type may suit you better. "
            "An assessor will look at it with you."
        ),
    ),
}

_MET: Mapping[str, tuple[str, str]] = {
    "practice_in_uk": (BEFORE_YOU_APPLY, "You practise in the UK."),
    "practice_overseas": (BEFORE_YOU_APPLY, "You practise outside the UK."),
    "no_practice": (FAQ_TYPES, "You do not practise case management yourself."),
    "qualification": (FAQ_TYPES, "Your qualification reaches the level we ask for."),
    "qualification_related": (FAQ_TYPES, "Your qualification relates to case management."),
    "vocational": (FAQ_TYPES, "You hold a vocational qualification."),
    "no_body_needed": (
        FAQ_TYPES,
        "You work as a vocational case manager, so no registered body is needed.",
    ),
    "registered_body": (FAQ_TYPES, "The {body} registers your profession."),
    "number": (BEFORE_YOU_APPLY, "Your registration number has the right form."),
    "registered": (FAQ_TYPES, "The office found you on the public register."),
    "enough_experience": (
        FAQ_TYPES,
        (
            "You need {need_months} months or {need_hours} hours of case management; we count "
            "{months} and {hours}."
        ),
    ),
    "referees": (BEFORE_YOU_APPLY, "You have named {need} referees who fit."),
    "dbs": (BEFORE_YOU_APPLY, "Your DBS check is dated {date}."),
    "insured": (BEFORE_YOU_APPLY, "You have professional indemnity insurance."),
    "role": (FAQ_TYPES, "You work in a {role} role."),
    "relevant_course": (BEFORE_YOU_APPLY, "Your course relates to case management."),
}

_NOTE: Mapping[str, tuple[str, str]] = {
    "unusual_number": (
        BEFORE_YOU_APPLY,
        "{words} Check it once more; you may go on if it is right.",
    ),
    "low_hours": (
        FAQ_TYPES,
        (
            "Your months were worked at fewer than {low_hours} hours a week. They count; the "
            "assessor sees it."
        ),
    ),
    "register_mentions_vocational": (
        FAQ_TYPES,
        (
            "You need no registration, but the register of the body you named shows {status}. "
            "The assessor sees it."
        ),
    ),
}

_CATALOGUE: Mapping[Severity, Mapping[str, tuple[str, str]]] = {
    Severity.NOT_ELIGIBLE: _NOT_ELIGIBLE,
    Severity.INCOMPLETE: _INCOMPLETE,
    Severity.REFER: _REFER,
    Severity.MET: _MET,
    Severity.NOTE: _NOTE,
}
_SEVERITY_OF = {code: severity for severity, words in _CATALOGUE.items() for code in words}

# The order of this list is the order in which codes are printed.
OPEN_CODES: tuple[str, ...] = (*_NOT_ELIGIBLE, *_INCOMPLETE, *_REFER)


def found(code: str, **facts: object) -> Finding:
    """The finding of a code, its words filled with the facts they mention."""
    severity = _SEVERITY_OF[code]
    clause, words = _CATALOGUE[severity][code]
    return Finding(severity=severity, code=code, words=words.format(**facts), clause=clause)
