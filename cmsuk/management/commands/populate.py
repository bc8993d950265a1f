"""Makes people up in bulk, for benchmarks."""

import argparse
import csv
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cmsuk.made_up import bulk

SEED = 2026
OUTPUT = ("reference", "surname", "fee_due_pence")


class Command(BaseCommand):
    help = (
        "Add made-up members in bulk, for benchmarks, and print those with a fee due as CSV: "
        "payment reference, surname, pence. In the demo only."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--members", type=int, required=True, help="how many people")
        parser.add_argument("--records", type=int, default=0, help="how many client records")
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed, the same people")

    def handle(self, *args: Any, members: int, records: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Made-up people belong to the demo; PAYPAL_ENV says otherwise.")
        if members < 1 or records < 0:
            raise CommandError("Ask for at least one member, and for no records or more.")
        writer = csv.DictWriter(self.stdout, OUTPUT, lineterminator="\n")
        writer.writeheader()
        for debt in bulk.populate(members=members, records=records, seed=seed, at=timezone.now()):
            writer.writerow(asdict(debt))
