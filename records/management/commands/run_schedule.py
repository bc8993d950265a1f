"""Runs the schedule of client records by hand, and prints what it found as JSON."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from records import schedule


class Command(BaseCommand):
    help = (
        "Judge the client records of today, queue reviews and write to their owners. "
        "Never destroys a record. Prints counts as JSON."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        work = schedule.rehearse if options["dry_run"] else schedule.run
        found = work(on=today)
        answer = {"on": today.isoformat(), "dry_run": options["dry_run"], **asdict(found)}
        self.stdout.write(json.dumps(answer))
