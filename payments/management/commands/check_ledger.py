"""Ask whether the money holds together; changes nothing."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments.ledger_checks import violations


class Command(BaseCommand):
    help = "Print what is wrong with the ledger as JSON; exits non-zero if anything is."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [dataclasses.asdict(violation) for violation in violations()]
        self.stdout.write(json.dumps({"violations": found}, indent=2))
        if found:
            raise CommandError(f"The ledger does not hold together in {len(found)} places.")
