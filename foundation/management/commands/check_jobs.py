"""Says whether the scheduled jobs run, for the machine's own timer: it needs no worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation import alarm, letters


class Command(BaseCommand):
    help = (
        "End with a non-zero code where a scheduled job did not run, name it, and write to the "
        "office, once a day. Sends that letter itself, since no worker may be there to."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = alarm.missed(at=now)
        letter = alarm.sound(found, at=now)
        if letter is None:
            self.stdout.write("Every scheduled job has run in its time.")
            return
        letters.send(letter.pk)
        raise CommandError(f"Did not run: {'; '.join(one.name for one in found)}.")
