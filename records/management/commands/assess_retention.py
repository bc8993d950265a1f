"""Judges a CSV file of client records and prints how long each must be kept."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.casefile import Case, CaseFileError, read_cases
from records import versions
from records.retention import assess
from records.retention_file import COLUMNS, RESULT_COLUMNS, as_of, facts_of, result_row
from records.retention_rules import RULE_SETS, RuleSet


class Command(BaseCommand):
    help = "Print how long each client record of a CSV file must be kept, as CSV. Stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cases", type=Path, metavar="CASES.csv")
        parser.add_argument("--rule-set", choices=sorted(RULE_SETS), help="else the rules in force")
        parser.add_argument("--as-of", metavar="DATE", help="judge on this day, like 2026-11-22")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = as_of(options["as_of"] or "")
        except ValueError as error:
            raise CommandError(f"--as-of: {error}") from error
        try:
            cases = read_cases(options["cases"], COLUMNS)
        except CaseFileError as error:
            raise CommandError(str(error)) from error
        today = timezone.localdate()
        readings = versions.readings(on=today)
        rules = readings[options["rule_set"] or next(iter(readings))]
        self._print(cases, rules=rules, day=day)

    def _print(self, cases: list[Case], *, rules: RuleSet, day: dt.date | None) -> None:
        today = timezone.localdate()
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(RESULT_COLUMNS)
        for case in cases:
            on = day or case.values["as_of"] or today
            result = assess(facts_of(case.values), rules=rules, on=on)
            writer.writerow(result_row(case.values["id"], result))
