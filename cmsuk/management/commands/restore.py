"""Puts a backup back, all of it or nothing."""

import argparse
import csv
import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cmsuk.backup import restoring, sealing, stored_files
from cmsuk.management.commands.backup import the_key

REFUSALS = (
    sealing.NotABackup,
    sealing.AnotherKey,
    sealing.Altered,
    restoring.InUse,
    restoring.AnotherSchema,
    restoring.NotEqual,
    stored_files.NotAFolder,
    stored_files.ForeignName,
    OSError,
)


class Command(BaseCommand):
    help = (
        "Put a backup back into an empty portal, rows and files, all or nothing. It is read "
        "through and proved before anything is changed. Stop web, worker and beat first."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="read every row and file back, and print what is equal as CSV",
        )
        parser.add_argument(
            "--replace", action="store_true", help="also where the portal holds people already"
        )
        parser.add_argument(
            "--check", action="store_true", help="only prove the file; change nothing"
        )

    def handle(
        self,
        *args: Any,
        file: str,
        verify: bool,
        replace: bool,
        check: bool,
        **options: Any,
    ) -> None:
        key = the_key()
        try:
            if check:
                self.say_what_is_in(restoring.look_through(Path(file), key))
            else:
                proved = restoring.restore(Path(file), key, replace=replace, verify=verify)
                self.print_proofs(proved)
        except REFUSALS as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        except DatabaseError as error:
            raise CommandError(
                f"Nothing was restored: the database refused it ({type(error).__name__})."
            ) from error

    def print_proofs(self, proved: list[restoring.Proved]) -> None:
        if proved:
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(("kind", "name", "size", "sha256"))
            writer.writerows(map(astuple, proved))
            self.stderr.write(f"All {len(proved)} tables and files are equal to the backup.")

    def say_what_is_in(self, found: restoring.Found) -> None:
        facts = {
            "made_at": found.head.made_at,
            "tables": len(found.tables),
            "rows": sum(table.rows for table in found.tables),
            "files": len(found.files),
        }
        self.stdout.write(json.dumps(facts, indent=2))
