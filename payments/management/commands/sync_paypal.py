"""Ask PayPal about attempts, refunds, disputes and waiting messages; books what came or went."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from payments import attempts, disputes, refunds, webhooks


class Command(BaseCommand):
    help = "Ask PayPal about everything that is due, book what has come, print counts as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = {
            "messages": webhooks.follow_waiting(at=now),
            "attempts": attempts.sync_open(at=now),
            "refunds": refunds.sync_due(at=now),
            "disputes": disputes.sweep(at=now),
        }
        self.stdout.write(json.dumps(done))
