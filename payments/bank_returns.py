"""Payments that the bank took back: debits that mirror a credit from before."""

import datetime as dt
import re

from django.db.models import Q

from payments import reference_search
from payments.models import BankFile, BankLine
from payments.payers import payer_key
from payments.references import PREFIX

LOOK_BACK = dt.timedelta(days=60)
_WORDS = re.compile(r"RETURN|UNPAID|REVERS|RECALL|BOUNCED|REJECT|REFUND", re.IGNORECASE)
State = BankLine.State


def suggest(file: BankFile) -> int:
    """Suggest which credit each returned payment of the file takes back; how many were found."""
    found = 0
    debits = file.lines.filter(pence__lt=0, state=State.IGNORED).order_by("on", "pk")
    texts = debits.values_list("pk", "text").iterator()
    for pk in [pk for pk, text in texts if _may_be_return(text)]:
        line = BankLine.objects.get(pk=pk)
        mirrored = _mirrored(line)
        if mirrored is not None:
            _suggest(line, mirrored)
            found += 1
    return found


def _may_be_return(text: str) -> bool:
    return bool(_WORDS.search(text) or reference_search.whole_references(text))


def _mirrored(line: BankLine) -> BankLine | None:
    """The newest credit of the same sum that was booked, or will be, and is named alike."""
    earlier = BankLine.objects.filter(
        Q(state=State.POSTED) | Q(state=State.AUTO),
        bank_account=line.bank_account,
        pence=-line.pence,
        on__lte=line.on,
        on__gte=line.on - LOOK_BACK,
    ).exclude(mirrored_by__state__in=(State.SUGGESTED, *BankLine.BOOKED))
    for credit in earlier.select_related("account").order_by("-on", "-pk"):
        if _names(line, credit):
            return credit
    return None


def _names(line: BankLine, credit: BankLine) -> bool:
    """The same reference, or else the same payer."""
    references = reference_search.whole_references(line.text)
    if references:
        return credit.account is not None and credit.account.payment_reference in {
            f"{PREFIX}{digits}" for digits in references
        }
    payer = payer_key(line.payer, _WORDS.sub("", line.text))
    return bool(payer) and payer == credit.payer_key


def _suggest(line: BankLine, credit: BankLine) -> None:
    line.state = State.SUGGESTED
    line.mirrors, line.account, line.invoice = credit, credit.account, credit.invoice
    line.points = RETURN_POINTS
    line.reason = "It looks like the return of a payment from before: the sum is the same."
    line.save(update_fields=["state", "mirrors", "account", "invoice", "points", "reason"])


RETURN_POINTS = 85
