"""Writes the history as a file that can be verified anywhere, or the script that verifies it."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation import history_file, seals
from foundation.models import Chain


class Command(BaseCommand):
    help = "Print the history, or one subject's, as a sealed file; with --script what checks it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--of", default="", help="one subject's key; without it, everything")
        parser.add_argument("--script", action="store_true", help="print the script that checks")

    def handle(self, *args: Any, of: str, script: bool, **options: Any) -> None:
        if script:
            self.stdout.write(Path(seals.__file__).read_text(encoding="utf-8"))
            return
        if of and not Chain.objects.filter(pk=of).exists():
            raise CommandError(f"There is no history of “{of}”.")
        now = timezone.now()
        for row in history_file.sealed([of], at=now) if of else history_file.sealed_all(at=now):
            self.stdout.write(row)
