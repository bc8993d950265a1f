"""Prints the record of processing activities, as Markdown or as CSV."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records import processing
from records.policy import in_force


class Command(BaseCommand):
    help = "Print the record of processing activities (UK GDPR Article 30), made from the policy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["markdown", "csv"], default="markdown")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "csv":
            processing.write_csv(in_force(), self.stdout)
        else:
            self.stdout.write(processing.markdown(in_force()))
