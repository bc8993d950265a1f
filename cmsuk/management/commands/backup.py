"""Writes everything that the portal keeps into one sealed file."""

import argparse
import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cmsuk.backup import sealing, stored_files, writing

ENDING = ".backup"


class Command(BaseCommand):
    help = (
        "Write every row and every stored file into one encrypted file, read it through, and print "
        "what it holds as JSON. Without a FILE it goes to the backups' own folder, whose files go "
        "once they are older than BACKUPS_KEPT_DAYS."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="", metavar="FILE")
        parser.add_argument("--new-key", action="store_true", help="print a key for BACKUP_KEY")

    def handle(self, *args: Any, file: str, new_key: bool, **options: Any) -> None:
        if new_key:
            self.stdout.write(sealing.new_key())
            return
        at = timezone.now()
        path = Path(file) if file else own_place(at)
        try:
            written = writing.write(path, the_key(), at=at)
        except (OSError, stored_files.NotAFolder, sealing.Altered) as error:
            raise CommandError(f"No backup was written: {error}") from error
        gone = [] if file else let_old_ones_go(at)
        facts = {"file": str(path), "bytes": path.stat().st_size, **asdict(written), "gone": gone}
        self.stdout.write(json.dumps(facts, indent=2))


def the_key() -> bytes:
    """Out of the settings. Raises CommandError."""
    if not settings.BACKUP_KEY:
        raise CommandError(
            "BACKUP_KEY is not set. Make one with `manage.py backup --new-key`, and keep it where "
            "the backups are not: without it none of them can be read."
        )
    try:
        return sealing.read_key(settings.BACKUP_KEY)
    except sealing.UnusableKey as error:
        raise CommandError(f"BACKUP_KEY cannot be used. {error}") from error


def own_place(at: dt.datetime) -> Path:
    settings.BACKUP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(settings.BACKUP_DIR) / f"cmsuk-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}{ENDING}"


def let_old_ones_go(at: dt.datetime) -> list[str]:
    """What was erased from the portal leaves its backups too, when they go; their names."""
    oldest = at - dt.timedelta(days=settings.BACKUPS_KEPT_DAYS)
    gone = []
    for file in sorted(Path(settings.BACKUP_DIR).glob(f"*{ENDING}")):
        if file.stat().st_mtime < oldest.timestamp():
            file.unlink()
            gone.append(file.name)
    return gone
