"""Looks at what the run left behind, and prints it as JSON.

python -m tests.fire.after calm   sets claims of dead workers free and queues the sweeps
python -m tests.fire.after look   what is there now
"""

import json
import os
import sys
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from celery import current_app  # noqa: E402
from django.utils import timezone  # noqa: E402

from foundation import outbox  # noqa: E402
from foundation.letters import LEASE  # noqa: E402
from foundation.models import Letter  # noqa: E402
from membership.models import Application, FeeDue, Membership  # noqa: E402
from payments.models import Attempt, BankLine, Entry, Invoice, WebhookEvent  # noqa: E402

SWEEPS = (
    "payments.tasks.sync_open_attempts",
    "payments.tasks.process_waiting_webhooks",
    "payments.tasks.look_after_bank_lines",
    "foundation.tasks.send_waiting_letters",
    "records.tasks.run_schedule",
)


def calm() -> None:
    """As if ten minutes had passed: nobody waits for a worker that is dead."""
    Letter.objects.waiting().update(claimed_at=timezone.now() - 2 * LEASE)
    for name in SWEEPS:
        current_app.send_task(name)


def look() -> None:
    kept = Counter(letter.subject for letter in outbox.kept())
    rows = Letter.objects.filter(sent_at__isnull=False)
    receipts = Letter.objects.filter(kind__in=("receipt", "welcome"))
    active = Membership.objects.filter(resigned_on=None).values_list("person", flat=True)
    settled = FeeDue.objects.filter(settled_on__isnull=False).values_list("person", flat=True)
    paid = [invoice for invoice in Invoice.objects.all() if invoice.rest_pence <= 0]
    json.dump(
        {
            "waiting": Letter.objects.waiting().count(),
            "files equal letters": kept == Counter(rows.values_list("subject", flat=True)),
            "letters": rows.count(),
            "welcomes": receipts.filter(kind="welcome").count(),
            "active unpaid": len(set(active) - set(settled)),
            "paid inactive": len({one.account.person_id for one in paid} - set(active)),
            "payments": Entry.objects.filter(kind="payment").count(),
            "paid by PayPal": Attempt.objects.filter(state=Attempt.State.CAPTURED).count(),
            "by bank": BankLine.objects.filter(state="posted").count(),
            "sent applications": Application.objects.filter(state="submitted").count(),
            "received": Letter.objects.filter(kind="application_received").count(),
            "messages waiting": WebhookEvent.objects.filter(state__in=WebhookEvent.WAITING).count(),
            "messages": WebhookEvent.objects.count(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    {"calm": calm, "look": look}[sys.argv[1]]()
