"""Disputes at PayPal: kept and shown to a person; money and memberships stay as they are."""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_datetime

from payments import alarms
from payments.gateways.chosen import paypal
from payments.gateways.disputes import Dispute as Listed
from payments.gateways.errors import PaypalError
from payments.models import Attempt, Dispute

logger = logging.getLogger(__name__)

# PayPal lists disputes of at most 180 days.
LISTED_FOR = dt.timedelta(days=179)
MOST_PAGES = 100


def look(dispute_id: str, *, at: dt.datetime) -> str:
    """Ask PayPal about one dispute and write it down; what PayPal's error was, if any."""
    try:
        listed = paypal().dispute(dispute_id)
    except PaypalError as error:
        return "" if error.missing else str(error)
    _keep(listed, at=at)
    return ""


def sweep(*, at: dt.datetime) -> int:
    """Look at every dispute that is new or has changed, so that no message is needed; how many."""
    known = dict(Dispute.objects.values_list("paypal_id", "updated_text"))
    looked = 0
    try:
        for short in _listed(at):
            if short.updated_text and known.get(short.id) == short.updated_text:
                continue
            look(short.id, at=at)
            looked += 1
    except PaypalError as error:
        logger.warning("PayPal's disputes were not read: %s", error)
    return looked


def _listed(at: dt.datetime) -> list[Listed]:
    since = (at - LISTED_FOR).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    found: list[Listed] = []
    token = ""
    for _page in range(MOST_PAGES):
        page = paypal().disputes(since=since, page_token=token)
        found += page.disputes
        token = page.next_token
        if not token:
            break
    return found


@transaction.atomic
def _keep(listed: Listed, *, at: dt.datetime) -> None:
    """One row a case. A change of its state calls a person again."""
    ours = Attempt.objects.filter(env=settings.PAYPAL_ENV, capture_id__in=listed.capture_ids)
    attempt = ours.exclude(capture_id="").first()
    if attempt is None:
        return
    facts = {
        "status": listed.status[:64],
        "reason": listed.reason[:64],
        "outcome": listed.outcome[:64],
        "amount_pence": listed.amount_pence,
        "due_on": _day(listed.due_text),
        "updated_text": listed.updated_text[:40],
    }
    dispute, made = Dispute.objects.select_for_update().get_or_create(
        paypal_id=listed.id[:40], defaults={"attempt": attempt, "seen_at": at, **facts}
    )
    news = made or dispute.status != facts["status"] or dispute.outcome != facts["outcome"]
    for name, value in facts.items():
        setattr(dispute, name, value)
    if news and not made:
        dispute.dealt_at, dispute.dealt_by, dispute.dealt_note = None, None, ""
    dispute.save()
    if news:
        alarms.tell_office(attempt, "DISPUTE", at=at, about=f"{dispute} {dispute.status}")


def _day(text: str) -> dt.date | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment.date() if moment else None
