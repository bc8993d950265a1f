"""Checks every chain of history from its first line to its head, and every anchor."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation import history, seals


class Command(BaseCommand):
    help = "Check every line of history; print the faults as JSON, and fail when there are any."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", default="", help="the digest of an anchor that was noted elsewhere"
        )

    def handle(self, *args: Any, anchor: str, **options: Any) -> None:
        faults = [asdict(fault) for fault in history.faults()]
        self.stdout.write(json.dumps(faults, indent=2))
        if faults:
            count = f"{len(faults)} fault" + ("s" if len(faults) > 1 else "")
            raise CommandError(f"{count} in the history: it was changed outside the portal.")
        if anchor and not history.of(seals.ANCHORS).filter(digest=anchor).exists():
            raise CommandError("This anchor is not in the history: it was written anew.")
