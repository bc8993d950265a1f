"""How far the society's bank statements have been read: until then nobody is held to be late."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.dates import in_words
from membership.lifecycle.errors import LifecycleError
from membership.models import MoneyKnown, User

HISTORY = "bank statements"


class BankDayAhead(LifecycleError):
    """Nobody knows tomorrow's money."""

    def __init__(self) -> None:
        super().__init__("Enter today or an earlier day: later statements cannot be known yet.")


@transaction.atomic
def money_known(*, until: dt.date | None, at: dt.datetime, by: User | None = None) -> None:
    """Keep the day until which bank statements are known; None trusts every day again.

    Raises BankDayAhead for a day to come.
    """
    if until is None:
        MoneyKnown.objects.all().delete()
        history.record(HISTORY, "no longer waited for statements", at=at, by=by)
        return
    if until > timezone.localdate(at):
        raise BankDayAhead
    MoneyKnown.objects.update_or_create(pk=1, defaults={"until_on": until})
    history.record(HISTORY, "known", at=at, by=by, text=f"until {in_words(until)}")
