"""Does by hand what the nightly clean-up does, and prints what it found as CSV."""

import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from records import keeping


class Command(BaseCommand):
    help = (
        "Let everything go whose period in records/policy.toml is over. Prints table, columns, "
        "what was done and to how many rows, as CSV. Never touches a client record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        work = keeping.rehearse if options["dry_run"] else keeping.run
        writer = csv.writer(self.stdout)
        writer.writerow(["table", "columns", "verb", "rows"])
        for one in work(on=timezone.localdate()):
            writer.writerow([one.table, ";".join(one.columns), one.verb, one.rows])
