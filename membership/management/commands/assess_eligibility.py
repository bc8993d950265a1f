"""Judges a CSV file of cases by the rules of membership and prints the results as CSV."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.casefile import (
    CaseFileError,
    Parser,
    list_of,
    one_of,
    optional_date,
    optional_number,
    read_cases,
    text,
)
from foundation.dated_versions import UnknownRules
from membership import expertise, rules
from membership.eligibility import Rules, assess
from membership.evidence import (
    Evidence,
    Practice,
    Qualification,
    Referee,
    RegistrationStatus,
    Related,
    StudentCourse,
    SupporterRole,
)
from membership.registers import BODIES, PROFESSIONS
from membership.types import MembershipType

_YES_NO = ("yes", "no")


def _code_of(codes: Iterable[StrEnum], *, empty: bool = True) -> Parser:
    return one_of([each.value for each in codes if each.value], empty=empty)


# An empty cell states nothing, which counts as none, no, or not checked yet.
COLUMNS: Mapping[str, Parser] = {
    "id": text,
    "as_of": optional_date,
    "applied_for": _code_of(MembershipType, empty=False),
    "practice": _code_of(Practice, empty=False),
    "qualification": _code_of(Qualification),
    "qualification_related": _code_of(Related),
    "profession": one_of(PROFESSIONS, empty=True),
    "body": one_of(BODIES, empty=True),
    "registration_number": text,
    "registration_status": _code_of(RegistrationStatus),
    "vocational_only": one_of(_YES_NO, empty=True),
    "cm_months": optional_number,
    "cm_hours": optional_number,
    "referees": list_of([each.value for each in Referee]),
    "dbs_date": optional_date,
    "insurance": one_of(_YES_NO, empty=True),
    "student_course": _code_of(StudentCourse),
    "supporter_role": _code_of(SupporterRole),
    "expertise_requested": list_of(expertise.AREAS),
}
OUTPUT = (
    "id",
    "outcome",
    "criteria",
    "suggested_type",
    "expertise_assignable",
    "expertise_pending",
    "expertise_refused",
    "directory",
)


class Command(BaseCommand):
    help = (
        "Judge every case of a CSV file by the rules in force on its day (as_of, or today where "
        "that is empty), or by a named version of the rules, and print the results as CSV. "
        "Nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cases", type=Path, metavar="CASES.csv")
        parser.add_argument(
            "--rules", metavar="VERSION", help="a version instead of those in force"
        )

    def handle(self, *, cases: Path, **options: Any) -> None:
        try:
            read = read_cases(cases, COLUMNS)
            named = rules.named(options["rules"]) if options["rules"] is not None else None
            today = timezone.localdate()
            results = [_judge(case.values, named, today) for case in read]
        except (CaseFileError, UnknownRules) as error:
            raise CommandError(str(error)) from error
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(OUTPUT)
        writer.writerows(results)


def _judge(values: Mapping[str, Any], named: Rules | None, today: dt.date) -> tuple[str, ...]:
    on = values["as_of"] or today
    evidence = _evidence(values)
    assessment = assess(
        MembershipType(values["applied_for"]),
        evidence,
        rules=named or rules.in_force(on=on),
        on=on,
    )
    areas = expertise.judge(evidence, assessment)
    return (
        values["id"],
        assessment.outcome,
        _joined(assessment.codes),
        assessment.suggested_type or "",
        *(
            _joined(each.area.code for each in areas if each.support is support)
            for support in expertise.Support
        ),
        assessment.directory,
    )


def _evidence(values: Mapping[str, Any]) -> Evidence:
    return Evidence(
        practice=Practice(values["practice"]),
        qualification=Qualification(values["qualification"] or "none"),
        qualification_related=Related(values["qualification_related"] or "no"),
        profession=values["profession"],
        body=values["body"],
        registration_number=values["registration_number"],
        registration_status=RegistrationStatus(values["registration_status"] or "unchecked"),
        vocational_only=values["vocational_only"] == "yes",
        cm_months=values["cm_months"],
        cm_hours=values["cm_hours"],
        referees=tuple(Referee(kind) for kind in values["referees"]),
        dbs_on=values["dbs_date"],
        insured=values["insurance"] == "yes",
        student_course=StudentCourse(values["student_course"]),
        supporter_role=SupporterRole(values["supporter_role"]),
        expertise_requested=values["expertise_requested"],
    )


def _joined(codes: Iterable[str]) -> str:
    return ";".join(codes)
