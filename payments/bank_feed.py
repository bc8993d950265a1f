"""Watches how old the newest bank line is: nobody is held to be late while money is not known."""

import datetime as dt

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Least, TruncDate
from django.utils import timezone

from membership import lifecycle, standing
from payments.models import BankAccount


def newest_line(on: dt.date) -> dt.date | None:
    """Until when the lines of every account that takes fees are known; None without such lines.

    A file tells nothing of days after it was imported, whatever day stands in a line.
    """
    told = Least("lines__on", TruncDate("lines__bank_file__imported_at"))
    accounts = BankAccount.objects.filter(takes_fees=True).annotate(newest=Max(told))
    days = [day for day in accounts.values_list("newest", flat=True) if day is not None]
    return min(*days, on) if days else None


def stale_since(on: dt.date) -> dt.date | None:
    """The day of the newest line, where that is more days ago than BANK_FEED_STALE_DAYS."""
    newest = newest_line(on)
    return newest if newest is not None and _is_stale(newest, on) else None


def _is_stale(newest: dt.date, on: dt.date) -> bool:
    days = settings.BANK_FEED_STALE_DAYS
    return bool(days) and (on - newest).days > days


def watch(*, at: dt.datetime) -> dt.date | None:
    """Tell memberships until when money is known; None where every day counts.

    Without lines of an account that takes fees, what the treasurer told stays.
    """
    on = timezone.localdate(at)
    newest = newest_line(on)
    if newest is None:
        return standing.known_until()
    until = newest if _is_stale(newest, on) else None
    if until != standing.known_until():
        lifecycle.money_known(until=until, at=at)
    return until
